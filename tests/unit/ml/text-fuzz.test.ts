/** 20,000 random and hostile texts through every reader of text: no crash, none slow. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/ml/random.ts';
import { createCatalogue } from '../../../src/ml/text/catalogue.ts';
import { findEntities } from '../../../src/ml/text/entities.ts';
import { detectLanguage } from '../../../src/ml/text/language.ts';
import { summarize } from '../../../src/ml/text/summarize.ts';
import { tagWords } from '../../../src/ml/text/tagging.ts';
import { tokenizeEnglish } from '../../../src/ml/text/tokenize-en.ts';
import { hanRuns, tokenizeChinese } from '../../../src/ml/text/tokenize-zh.ts';

const catalogue = createCatalogue(['X200 Pro', '云朵枕', 'a'.repeat(90)]);
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  language: detectLanguage,
  english: tokenizeEnglish,
  chinese: (text) => tokenizeChinese(hanRuns(text)),
  tags: tagWords,
  entities: (text) => findEntities(text, catalogue),
  summary: (text) => summarize(text),
};
/** Pieces that normalisation, segmentation, stemming or a careless pattern may choke on. */
const BAIT = [
  ...'a A 1 @ . - $ 中 張 一 百 ﷺ \u0301 \u0301\u0316 😀 \ud800 \udc00 \u0000 \u202e \u200d İ ß Ⅷ １ ．'.split(
    ' ',
  ),
  ...'ａ 각 ก \ufffd \u{e0001} _ % ! 。 " 、 ， a@ a. 1, 1. $1 (1 0- x@x. A-1 ns eed 1/1/ http:// 公司 张伟 中a'.split(
    ' ',
  ),
  ...'constructor|__proto__|toString |a a |ab |Mr. A|Dear |Regards, |order # |order number |+1 |Jan |Inc '.split(
    '|',
  ),
  ..."The Inc. |New York |A B C D |a'|n't |年1月|2026年|1月1日|中。|我是| |\n|\t|\r\n|…|not |January 1, ".split(
    '|',
  ),
];
const LIMIT_MS = 50;

/** CPU time of this process, so that other work on the machine does not count; the better of two. */
function cpuMs(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 2 && best > LIMIT_MS; attempt++) {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

function slowest(texts: Iterable<string>): string[] {
  const slow: string[] = [];
  for (const text of texts) {
    for (const [name, read] of Object.entries(READERS)) {
      const ms = cpuMs(() => read(text));
      if (ms > LIMIT_MS)
        slow.push(`${name}: ${ms.toFixed(0)} ms on ${JSON.stringify(text.slice(0, 30))}`);
    }
  }
  return slow;
}

describe('hostile texts', () => {
  const warm = 'Hello John Smith, order #1234 of $12.50 from Acme Inc. 您好，我是张伟，昨天买的。';
  for (let i = 0; i < 200; i++) for (const read of Object.values(READERS)) read(warm);

  it('of one million characters', () => {
    expect(slowest(BAIT.map((bait) => bait.repeat(Math.ceil(1_000_000 / bait.length))))).toEqual(
      [],
    );
  });

  it('by the thousand', () => {
    const random = createRandom(404);
    const piece = (): string => {
      if (random.int(4) > 0) return BAIT[random.int(BAIT.length)] ?? '';
      return String.fromCodePoint(random.int(random.int(2) === 0 ? 0x500 : 0x110000));
    };
    function* texts() {
      for (let i = 0; i < 20_000; i++) {
        let text = '';
        const pieces = random.int(i % 100 === 0 ? 3000 : 40);
        for (let k = 0; k < pieces; k++) text += piece().repeat(random.int(20) === 0 ? 50 : 1);
        yield text;
      }
    }
    expect(slowest(texts())).toEqual([]);
  }, 240_000);
});
