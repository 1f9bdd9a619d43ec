/** What only the contact’s tab says: value and risk, the offer, the comparison. */
import type { Words } from '../lib/translate.ts';

export const contact = {
  value: {
    title: 'Value and risk|价值与风险',
    'band.top': 'Top value|价值最高',
    'band.high': 'High value|价值高',
    'band.mid': 'Medium value|价值中等',
    'band.low': 'Low value|价值低',
    'band.other': 'Value|客户价值',
    expected: 'expected in the next 12 months|未来 12 个月预计消费',
    range: 'likely {low} to {high}|可能区间 {low} 至 {high}',
    unknown: 'No value estimate yet.|暂无价值估计。',
  },
  risk: {
    'band.high': 'Churn risk high|流失风险高',
    'band.rising': 'Churn risk rising|流失风险上升',
    'band.normal': 'Churn risk normal|流失风险正常',
    'band.other': 'Churn risk|流失风险',
    chance:
      'Churn {days} d: {chance}% (usual rate {usual}%)|{days} 天流失概率 {chance}%（通常 {usual}%）',
    up: 'up {points} points since last month|较上月上升 {points} 个百分点',
    down: 'down {points} points since last month|较上月下降 {points} 个百分点',
    same: 'as last month|与上月持平',
    unknown: 'No churn estimate yet.|暂无流失估计。',
  },
  offer: {
    title: 'Offer next|推荐产品',
    rule: 'people who have {because}|已有{because}的客户中',
    similar: 'people like this|情况相近的客户中',
    bought:
      '{name}: bought by {chance}% of {who}, usually {usual}% (n={n}).|' +
      '{name}：{who} {chance}% 购买，通常为 {usual}%（n={n}）。',
    everyone:
      '{name}: bought by {usual}% of customers (n={n}).|{name}：{usual}% 的客户购买过（n={n}）。',
    'blocked.no_consent': 'Not now: no channel is allowed.|暂不推荐：没有获准的联系渠道。',
    'blocked.other': 'Not now: a rule does not allow it.|暂不推荐：规则不允许。',
  },
  compare: {
    '': 'Compare channels|比较各渠道',
    own: '{answered} of {tried} answered|联系 {tried} 次，回应 {answered} 次',
  },
} as const satisfies Words;
