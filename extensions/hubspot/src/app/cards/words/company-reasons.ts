/** What the reasons of a company’s health say. */
import type { Words } from '../lib/translate.ts';

export const companyReasons = {
  company_engaged:
    '{engaged} of {people} people answered within 90 days|' +
    '90 天内 {people} 位联系人中有 {engaged} 位回应',
  company_answers:
    'Answers in 90 days: {now}, before that {before}|' +
    '90 天内回应 {now} 次，此前 90 天 {before} 次',
  company_open_cases: 'Open cases: {open}|未结工单 {open} 个',
  company_sentiment: {
    up: 'Messages of 90 days are positive|近 90 天的消息情绪正面',
    down: 'Messages of 90 days are negative|近 90 天的消息情绪负面',
  },
  company_purchase:
    'Days since the last purchase: {days}, purchases: {purchases}|' +
    '距上次购买 {days} 天，共购买 {purchases} 次',
} as const satisfies Words;
