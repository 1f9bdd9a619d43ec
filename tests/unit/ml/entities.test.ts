/** Tags, entities and summaries in both languages, on messages written for this test. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../src/ml/text/catalogue.ts';
import { findEntities } from '../../../src/ml/text/entities.ts';
import { sentencesOf } from '../../../src/ml/text/sentences.ts';
import { summarize } from '../../../src/ml/text/summarize.ts';
import { tagWords } from '../../../src/ml/text/tagging.ts';

const catalogue = createCatalogue(['Aurora Desk Lamp', 'X200 Pro', '云朵枕', 'Lamp']);
const found = (text: string) =>
  findEntities(text, catalogue).map(({ kind, text, value }) =>
    value === undefined ? `${kind} ${text}` : `${kind} ${text} = ${value}`,
  );

describe('entities', () => {
  it.each<[string, string[]]>([
    [
      'Hi, my name is Sarah Connor and I ordered the AURORA desk lamp (order #A-10293) on March 3rd, 2026 from Acme Tools Ltd. in Berlin.',
      [
        'person Sarah Connor',
        'product AURORA desk lamp = Aurora Desk Lamp',
        'order_number A-10293 = A-10293',
        'date March 3rd, 2026 = 2026-03-03',
        'organisation Acme Tools Ltd',
        'place Berlin',
      ],
    ],
    [
      'I was charged $1,299.50 twice! Call +1 (415) 555-0132 or Sarah.Connor@example.com.',
      [
        'money $1,299.50 = USD 1299.5',
        'phone +1 (415) 555-0132 = +14155550132',
        'email Sarah.Connor@example.com = sarah.connor@example.com',
      ],
    ],
    [
      'I spoke with Mr. Patel at Deutsche Bank yesterday about invoice INV-2023-0012. Refund 45 euros.',
      [
        'person Patel',
        'organisation Deutsche Bank',
        'date yesterday',
        'order_number INV-2023-0012 = INV-2023-0012',
        'money 45 euros = EUR 45',
      ],
    ],
    [
      'FedEx lost it between New York and Paris on 2026-02-28, see https://example.com/track?id=12345678.',
      ['organisation FedEx', 'place New York', 'place Paris', 'date 2026-02-28 = 2026-02-28'],
    ],
    [
      '您好，我是张伟，昨天在京东买的云朵枕，订单号：202311230045，付了299元，请联系我 13812345678。',
      [
        'person 张伟',
        'date 昨天',
        'organisation 京东',
        'product 云朵枕 = 云朵枕',
        'order_number 202311230045 = 202311230045',
        'money 299元 = CNY 299',
        'phone 13812345678 = 13812345678',
      ],
    ],
    [
      '李小姐在深圳市腾讯科技有限公司工作，2026年3月5日到上海，共￥１，２８０，邮箱 li.na@qq.com。',
      [
        'person 李小姐',
        'organisation 深圳市腾讯科技有限公司',
        'date 2026年3月5日 = 2026-03-05',
        'place 上海',
        'money ￥1,280 = CNY 1280',
        'email li.na@qq.com = li.na@qq.com',
      ],
    ],
    ['It may rain 5 times in 2026 and I will march on, thanks.', []],
    ['快递公司把包裹弄丢了，我们很不满意', []],
    ['The lamps are fine, a lampshade is missing.', []],
  ])('%s', (text, entities) => {
    expect(found(text)).toEqual(entities);
  });

  it('lie where they say, in order and apart', () => {
    const pieces = fc.constantFrom(
      'Dear Anna ',
      'Acme Ltd. ',
      '$12.50 ',
      '王小明',
      '在上海',
      '公司',
      'order 1234 ',
      'a@b.co ',
      '１２元',
      '😀',
      '1/2/2026 ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        let last = 0;
        for (const { start, end, text: shown } of findEntities(text, catalogue)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(shown.normalize('NFKC')).toBe(text.slice(start, end).normalize('NFKC'));
          last = end;
        }
      }),
    );
  });
});

describe('tags', () => {
  it('are Penn tags in English, with clitics apart', () => {
    const tags = tagWords("The dashboard doesn't load quickly.").map((w) => `${w.text}/${w.tag}`);
    expect(tags).toEqual(['The/DT', 'dashboard/NN', 'does/VBZ', "n't/RB", 'load/NN', 'quickly/RB']);
  });

  it('are jieba’s in Chinese, traditional text included', () => {
    const tags = tagWords('系統很慢 API').map((w) => `${w.text}/${w.wordClass}`);
    expect(tags).toEqual(['系統/noun', '很/adjective', '慢/adjective', 'API/name']);
  });
});

describe('sentences and summaries', () => {
  it('end at full stops, not at abbreviations, decimals or initials', () => {
    const text = 'Dr. Lee paid $3.50 to Acme Inc. today. "Fine!" said J. Smith. 好的。谢谢！';
    expect(sentencesOf(text).map((s) => s.text)).toEqual([
      'Dr. Lee paid $3.50 to Acme Inc. today.',
      '"Fine!"',
      'said J. Smith.',
      '好的。',
      '谢谢！',
    ]);
  });

  it('choose sentences of the text itself about what most of it is about, none twice', () => {
    const text =
      'The export of invoices fails since Monday. The weather is nice. I tried the export of invoices with three browsers. ' +
      'The export of invoices fails since Monday. My colleague likes pizza. Please repair the export of invoices soon.';
    const summary = summarize(text, 2);
    expect(summary).toHaveLength(2);
    expect(summary.every((s) => s.text.includes('export of invoices'))).toBe(true);
    expect(new Set(summary.map((s) => s.text)).size).toBe(2);
    expect(summarize(text, 2)).toEqual(summary);
    const zh = summarize(
      '导出发票失败了。天气不错。我用三个浏览器试过导出发票。请尽快修复导出发票的功能。',
      1,
    );
    expect(zh[0]?.text).toContain('发票');
  });

  it('are exact slices in the order of the text, at most as many as asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(5), (text, count) => {
        const summary = summarize(text, count);
        expect(summary.length).toBeLessThanOrEqual(count);
        let last = -1;
        for (const { text: sentence, start, end, index } of summary) {
          expect(text.slice(start, end)).toBe(sentence);
          expect(index).toBeGreaterThan(last);
          last = index;
        }
      }),
    );
  });
});
