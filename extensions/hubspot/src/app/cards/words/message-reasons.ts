/** What the reasons of a message’s type say. */
import type { Words } from '../lib/translate.ts';

export const messageReasons = {
  text_base: 'How often messages of this kind occur|此类消息的常见程度',
  text_term: '“{term}” in the message|消息中出现“{term}”',
  text_other: 'Other words in the message|消息中的其他用词',
} as const satisfies Words;
