/** What only the company card says. */
import type { Words } from '../lib/translate.ts';

export const company = {
  state: {
    'empty.title': 'Nothing to score yet|暂无可评分的内容',
    empty:
      'A company is scored once people with a history are linked to it.|关联有往来记录的联系人后即可评分。',
    'excluded.title': 'Not scored|未评分',
    excluded:
      'Your admin left the people of this company out.|管理员已将该公司的联系人排除在评分之外。',
    'holdout.title': 'Holdout|对照组',
    holdout:
      'No advice for this company this month: that is how its effect is measured.|' +
      '本月不为该公司提供建议，以便衡量建议的效果。',
  },
  health: {
    title: 'Health|客户健康度',
    healthy: 'Healthy|良好',
    watch: 'Watch|需关注',
    at_risk: 'At risk|有风险',
    other: 'Health|健康度',
    signs:
      '{good} good {good;sign;signs}, {against} against|有利迹象 {good} 项，不利迹象 {against} 项',
    plain: 'No sign either way.|暂无明显迹象。',
    unknown: 'Nothing has been recorded yet.|尚无记录。',
  },
  worth: {
    title: 'Value|价值',
    expected: 'expected in the next 12 months|未来 12 个月预计消费',
    range: 'likely {low} to {high}|可能区间 {low} 至 {high}',
    unknown: 'No value estimate yet.|暂无价值估计。',
  },
  mix: {
    title: 'Segments of its people|联系人分群',
    people: 'People|人数',
    segment: 'Segment|分群',
  },
  topics: {
    title: 'Topics of cases in 90 days|近 90 天工单主题',
    topic: 'Topic|主题',
    cases: 'Cases|工单数',
  },
  people: {
    title: 'Who is in touch|往来情况',
    engaged:
      '{engaged} of {people} people answered within 90 days.|' +
      '90 天内 {people} 位联系人中有 {engaged} 位回应。',
    single: 'Only one person answers: find a second contact.|仅一人回应，建议联系第二位。',
    most: 'Answer most:|回应最多：',
    silent: 'No answer in 90 days:|90 天内未回应：',
    count: '{name} ({n})|{name}（{n} 次）',
  },
  best: {
    title: 'Best person to contact|最佳联系人',
    none: 'Nobody may be reached right now.|当前没有可联系的人。',
  },
  mood: {
    line: 'Messages of 90 days: {mood}|近 90 天情绪：{mood}',
    negative: 'mostly negative|多为负面',
    mixed: 'mixed|正负参半',
    neutral: 'neutral|中性',
    positive: 'mostly positive|多为正面',
  },
} as const satisfies Words;
