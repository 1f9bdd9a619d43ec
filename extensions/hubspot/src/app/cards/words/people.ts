/** What cards of other records say of somebody to reach. */
import type { Words } from '../lib/translate.ts';

export const people = {
  reach: {
    at: '{day}, {hour} ({zone})|{day} {hour}（{zone}）',
    by: 'By {channel}: {rate}% reply rate expected.|通过{channel}：预计回复率 {rate}%。',
  },
  'record.open': 'Open|查看',
} as const satisfies Words;
