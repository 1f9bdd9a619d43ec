import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/ml/text/language.ts';
import { tokenizeEnglish } from '../../../src/ml/text/tokenize-en.ts';
import { hanRuns, tokenizeChinese } from '../../../src/ml/text/tokenize-zh.ts';

describe('language', () => {
  it.each([
    ['The invoice was charged twice, please help.', 'en'],
    ['Great product!!', 'en'],
    ['发票被重复扣款了，请尽快处理。', 'zh_hans'],
    ['發票被重複扣款了，請盡快處理，謝謝您們。', 'zh_hant'],
    ['这个 API 一直报错 500', 'zh_hans'],
    ['我们的 dashboard 一直 loading 打不开 please check 一下', 'mixed'],
    ['La factura llegó dos veces y no puedo pagar', 'other'],
    ['Die Rechnung ist nicht richtig', 'other'],
    ['請求書が二重に届きました', 'other'],
    ['Счёт пришёл дважды', 'other'],
    ['12345 !!!', 'other'],
  ])('%s → %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe('tokens', () => {
  it('stems English and marks what is negated', () => {
    expect(tokenizeEnglish("It doesn't work properly, but charging works!")).toEqual([
      'not',
      'not_work',
      'not_properli',
      'but',
      'charg',
      'work',
      '!',
    ]);
  });

  it('folds full-width and traditional forms and segments Chinese', () => {
    expect(tokenizeChinese(hanRuns('發票有問題'))).toEqual(['发票', '有', '问题']);
  });
});
