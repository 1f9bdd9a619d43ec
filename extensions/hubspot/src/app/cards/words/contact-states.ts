/** What a contact’s cards say in place of advice, or of what early advice rests on. */
import type { Words } from '../lib/translate.ts';

export const contactStates = {
  baseline: {
    everyone: 'Based on your team’s average.|依据团队平均水平。',
    similar: 'Based on people like {name}.|依据与{name}相似的客户。',
    personal: 'Based on few interactions.|依据较少的互动记录。',
    progress:
      '{have} of {need} interactions recorded.|已记录 {have} 次互动，满 {need} 次后生成评分。',
  },
  state: {
    'empty.title': 'Nothing to score yet|暂无可评分的互动',
    empty: 'A score appears after {need} interactions.|满 {need} 次互动后显示评分。',
    'excluded.title': 'Not scored|未评分',
    excluded: 'Your admin left this contact out.|管理员已将该联系人排除在评分之外。',
    'holdout.title': 'Holdout|对照组',
    holdout:
      'No advice for this contact this month: that is how its effect is measured.|' +
      '本月不为该联系人提供建议，以便衡量建议的效果。',
  },
} as const satisfies Words;
