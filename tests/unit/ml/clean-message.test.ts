/** What people wrote, freed from what their mail programs added; linear in whatever comes. */
import { describe, expect, test } from 'vitest';
import { cleanMessage, conversationSubject } from '../../../src/ml/text/message/clean.ts';
import { sentenceLanguages } from '../../../src/ml/text/message/languages.ts';
import { CHINESE, ENGLISH, MIXED } from './messages.ts';

describe.each([
  ['English', ENGLISH],
  ['Chinese', CHINESE],
  ['mixed', MIXED],
])('%s', (_language, messages) => {
  test.each(messages)('$name', ({ raw, meant }) => {
    expect(cleanMessage(raw).text).toBe(meant);
  });

  test('cleaning what is clean changes nothing', () => {
    for (const { meant } of messages) expect(cleanMessage(meant).text).toBe(meant);
  });
});

test('says what was taken away', () => {
  const { raw } = ENGLISH[0] ?? { raw: '' };
  expect(cleanMessage(raw)).toMatchObject({ quoted: true, signature: false, disclaimer: false });
  expect(cleanMessage('Hi.\n--\nAna')).toMatchObject({ quoted: false, signature: true });
});

test('the subject of a conversation, whichever way it was answered', () => {
  expect(conversationSubject('RE: Fwd: Broken chair\nIt creaks.')).toBe('broken chair');
  expect(conversationSubject('回复：椅子坏了')).toBe('椅子坏了');
});

describe('language per sentence', () => {
  test.each([
    ['The lamp is broken. 请尽快处理。', ['en', 'zh_hans']],
    ['请问什么时候到货？Please answer today.', ['zh_hans', 'en']],
    ['OK. The desk is here.', ['en', 'en']],
    ['請問這個產品還有貨嗎？好的。', ['zh_hant', 'zh_hant']],
    [
      'Where is my order? ¿Dónde está mi pedido? El pedido todavía no llegó.',
      ['en', 'other', 'other'],
    ],
  ])('%s', (text, expected) => {
    expect(sentenceLanguages(text).map((s) => s.language)).toEqual(expected);
  });
});

describe('F69 a megabyte of anything takes at most 50 ms', () => {
  const million = 1_000_000;
  const repeat = (part: string): string => part.repeat(Math.ceil(million / part.length));
  const corpus: Readonly<Record<string, string>> = {
    letters: repeat('a'),
    blanks: repeat(' '),
    'line ends': repeat('\n'),
    'quote marks': repeat('>'),
    'quoted lines': repeat('> a\n'),
    dashes: repeat('-'),
    'underscored lines': repeat('_____\n'),
    'angle brackets': repeat('<'),
    'open tags': `<div>${repeat('<div>')}`,
    'nested quotations': `<p>a</p>${repeat('<blockquote>a')}`,
    'half a tag': `<p>${repeat('<a href="')}`,
    'open comments': `<p>${repeat('<!--')}`,
    styles: `<p>a</p>${repeat('<style>x</style>')}`,
    'table cells': `<table>${repeat('<tr><td>a')}`,
    'attribution beginnings': repeat('On 1 '),
    'attribution lines': repeat('On 2 Mar 2026\n'),
    'almost wrote': repeat('On 2026 wrote wrote:x\n'),
    'From lines': repeat('From: a\n'),
    'reply prefixes': repeat('Re: '),
    'farewell lines': repeat('Best regards,\n'),
    'telephone digits': repeat('+1 (0) '),
    'addresses of mail': repeat('a@'),
    'web addresses': repeat('https://a.example.test/?'),
    entities: `<p>${repeat('&amp;')}`,
    'combining marks': repeat('\u0301'),
    'zero-width': repeat('\u200b'),
    Chinese: repeat('发件人：'),
    'lone surrogates': repeat('\ud800'),
    'capitals that grow': `<p>${repeat('İ')}`,
  };
  // The first calls compile the patterns and the parser.
  for (const text of Object.values(corpus)) cleanMessage(text.slice(0, 5_000));

  test.each(Object.entries(corpus))('%s', (_name, text) => {
    // CPU time of this process, so that other work on the machine does not count.
    const times = [0, 1, 2].map(() => {
      const before = process.cpuUsage();
      cleanMessage(text);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
