/** What the reasons of a win chance say. */
import type { Words } from '../lib/translate.ts';

export const dealReasons = {
  deal_amount: 'Amount: {value} (usual {usual})|金额：{value}（通常 {usual}）',
  deal_amount_known: 'An amount is set|已填写金额',
  deal_amount_unknown: 'No amount is set|未填写金额',
  deal_age: 'Days open: {value} (usual {usual})|已进行 {value} 天（通常 {usual} 天）',
  deal_silence: 'Days of silence: {value} (usual {usual})|已沉默 {value} 天（通常 {usual} 天）',
  deal_touches_30d:
    'Touches from us in 30 days: {value} (usual {usual})|' +
    '30 天内我方联系 {value} 次（通常 {usual} 次）',
  deal_answers_30d:
    'Answers from them in 30 days: {value} (usual {usual})|' +
    '30 天内对方回应 {value} 次（通常 {usual} 次）',
  deal_meetings: 'Meetings held: {value} (usual {usual})|已开会 {value} 次（通常 {usual} 次）',
  deal_people:
    'People on the deal: {value} (usual {usual})|参与联系人 {value} 位（通常 {usual} 位）',
  deal_bought_before:
    'Purchases before: {value} (usual {usual})|此前购买 {value} 次（通常 {usual} 次）',
  deal_lost_before:
    'Deals lost before: {value} (usual {usual})|此前丢单 {value} 次（通常 {usual} 次）',
  deal_open_cases: 'Open cases: {value} (usual {usual})|未结工单 {value} 个（通常 {usual} 个）',
} as const satisfies Words;
