/** What only the deal card says. */
import type { Words } from '../lib/translate.ts';

export const deal = {
  state: {
    'empty.title': 'No advice on this deal|暂无该商机的建议',
    empty:
      'A closed deal needs none; an open one is scored within minutes.|' +
      '已关闭的商机无需建议；进行中的商机会在几分钟内评分。',
    'excluded.title': 'Not scored|未评分',
    excluded:
      'Your admin left the people on this deal out.|管理员已将该商机的联系人排除在评分之外。',
    'holdout.title': 'Holdout|对照组',
    holdout:
      'No advice for the people on this deal this month: that is how its effect is measured.|' +
      '本月不为该商机的联系人提供建议，以便衡量建议的效果。',
  },
  deal: {
    people: 'People on this deal|商机联系人',
    person: 'Name|姓名',
    channel: 'Best channel|最佳渠道',
    chance: 'Reply rate|回复率',
    last: 'Last touch|上次联系',
    nobody: 'Nobody is linked to this deal.|该商机没有关联的联系人。',
    never: 'never|从未',
    win: 'Chance of winning|赢单概率',
    likely: 'likely {low} to {high}%|可能区间 {low}%–{high}%',
    usual: 'usual rate {usual}%|通常为 {usual}%',
    basis: 'From {won} won and {lost} lost deals|依据 {won} 个赢单和 {lost} 个丢单',
    not_better:
      'On later deals such chances were not better than the usual rate.|' +
      '在后来的商机中，此类概率并不优于通常赢单率。',
    unjudged:
      'Too few later deals to tell whether it beats the usual rate.|' +
      '后来的商机过少，暂无法判断是否优于通常赢单率。',
    unknown:
      'No win chance yet: too few deals have been closed.|已关闭的商机过少，暂无法估计赢单概率。',
    'band.strong': 'Strong|较强',
    'band.even': 'Even|相当',
    'band.weak': 'Weak|较弱',
    'band.other': 'Chance|概率',
    expected: 'Expected value {amount}|预期金额 {amount}',
    silent:
      'Silent for {days}; nine of ten won deals never were for longer than {limit}.|' +
      '已沉默 {days}；九成赢单的沉默从未超过 {limit}。',
    'silent.only': 'Silent for {days}.|已沉默 {days}。',
    stalled: 'Stalled|停滞',
    moving: 'Moving|推进中',
    next: 'Next touch|下一步',
    'next.none': 'Nobody on this deal may be reached right now.|当前没有可联系的商机联系人。',
  },
} as const satisfies Words;
