/** Similar cases: of cases written in both languages, the one about the same matter is among the first three. */
import { expect, test } from 'vitest';
import { TextIndex } from '../../../src/models/case-index.ts';

/** A past case, and a new one about the same matter in other words. */
const PAIRS: readonly (readonly [past: string, now: string])[] = [
  [
    'The invoice for March was charged twice to our card.',
    'Our card shows the same invoice twice, one charge is too many.',
  ],
  [
    'The desk stops moving halfway up and beeps three times.',
    'Since Monday the desk beeps and will not go higher than halfway.',
  ],
  [
    'Cannot sign in after the update, it says the password is wrong.',
    'After updating the app my password is refused when I sign in.',
  ],
  [
    'The courier left the parcel with a neighbour who is away.',
    'My parcel was given to some neighbour, the courier did not ring.',
  ],
  [
    'The camera picture freezes in every video call.',
    'In video calls the camera freezes after a minute.',
  ],
  [
    'How do I add another user to our plan?',
    'We need one more user on the plan, where do I add them?',
  ],
  ['The lamp flickers when dimmed below half.', 'Dimmed low, the lamp begins to flicker.'],
  [
    'Please send the warranty papers for our order.',
    'We never got the warranty papers that belong to the order.',
  ],
  ['The export to Excel has empty columns.', 'Two columns are empty whenever I export to Excel.'],
  [
    'The armrest came with a crack in it.',
    'There is a crack in the left armrest, right out of the box.',
  ],
  ['三月的发票扣了两次款。', '同一张发票扣款扣了两次，请退回一笔。'],
  ['升降桌升到一半就停，滴滴响三声。', '升降桌升不上去，到一半滴滴响。'],
  ['更新后登录提示密码错误。', '应用更新完登录不了，一直说密码错误。'],
  ['快递放在邻居家，邻居不在。', '快递没打电话就放邻居家了。'],
  ['视频会议时摄像头画面卡住。', '开视频会议，摄像头画面过一会儿就卡住。'],
  ['怎么给套餐增加一个用户？', '套餐里想再增加一个用户，在哪里操作？'],
  ['台灯调暗以后一直闪烁。', '台灯亮度调暗就开始闪烁。'],
  ['请补寄订单的保修卡。', '订单里没有保修卡，请补寄。'],
  ['导出到 Excel 有几列是空的。', '导出 Excel 之后有两列是空的。'],
  ['扶手送来就有裂纹。', '左边扶手有一道裂纹，拆箱就有。'],
];
/** Other cases of the same account. */
const OTHERS = [
  'The delivery is late again.',
  'Great service, the technician was on time.',
  'A dark theme would be nice.',
  'The chair squeaks when I lean back.',
  'Which size of panel fits our door?',
  'The app is slow on old phones.',
  '送货又晚了。',
  '师傅很准时，服务很好。',
  '希望有深色主题。',
  '椅子往后靠会响。',
  '门口用多大的面板合适？',
  '旧手机上应用很慢。',
];
const index = new TextIndex([
  ...PAIRS.map(([past], i) => ({ id: `pair-${i}`, text: past })),
  ...OTHERS.map((text, i) => ({ id: `other-${i}`, text })),
]);
const hits = (from: number, to: number, k: number): number =>
  PAIRS.slice(from, to).filter(([, now], i) =>
    index.similar(now, k).some(({ id }) => id === `pair-${from + i}`),
  ).length;

test('the past case about the same matter is among the first three', () => {
  expect({ en: hits(0, 10, 3), zh: hits(10, 20, 3) }).toEqual({ en: 10, zh: 10 });
});

test('and mostly the first', () => {
  expect(hits(0, 10, 1)).toBeGreaterThanOrEqual(9);
  expect(hits(10, 20, 1)).toBeGreaterThanOrEqual(9);
});

test('a case about nothing known has no similar one', () => {
  expect(index.similar('Quarterly zoology lecture', 3)).toEqual([]);
  expect(index.similar('动物园讲座', 3)).toEqual([]);
});
