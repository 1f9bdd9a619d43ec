/** Both languages say everything, and in their own form. */
import { describe, expect, it } from 'vitest';
import { day, zoneName } from '../lib/format.ts';
import * as reasons from '../lib/reason-strings.ts';
import * as strings from '../lib/strings.ts';
import { createTranslator, languageOf } from '../lib/translate.ts';

describe.each([
  ['strings', strings.en, strings.zh],
  ['reasons', reasons.en, reasons.zh],
] as const)('%s', (_, en, zh) => {
  it('have the same keys and placeholders in both languages', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    const english = en as Readonly<Record<string, string>>;
    const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [key, text] of Object.entries(zh)) {
      expect(slots(text), key).toEqual(slots(english[key] ?? ''));
      expect(text.trim(), key).not.toBe('');
    }
  });

  it('follow the rules of copy', () => {
    for (const text of [...Object.values(en), ...Object.values(zh)]) {
      expect(text).not.toMatch(/[!！]|\bAI\b|\bwill\b|你/);
    }
    for (const text of Object.values(zh)) expect(text).not.toMatch(/\p{Script=Han}[,.:;?()]/u);
  });
});

describe('languages', () => {
  it.each(['zh', 'zh-cn', 'zh_CN', 'zh-sg', 'zh-Hans', 'zh-Hans-CN'])('%s is Chinese', (locale) => {
    expect(languageOf(locale)).toBe('zh');
  });

  it.each([undefined, 'en', 'en-gb', 'de', 'zh-tw', 'zh-hk'])('%s is English', (locale) => {
    expect(languageOf(locale)).toBe('en');
  });

  it('puts a space between Chinese and Latin letters or digits', () => {
    const { t, space } = createTranslator('zh-cn');
    expect(t('reach.or', { channel: 'WhatsApp', rate: 19, usual: 12 })).toContain('通过 WhatsApp');
    expect(space('2分钟前')).toBe('2 分钟前');
  });
});

describe('zones', () => {
  const at = '2026-11-24T01:30:00.000Z';
  it('writes days in the contact’s zone', () => {
    expect(day(createTranslator('en'), at, 'America/New_York')).toContain('Monday');
    expect(day(createTranslator('zh-cn'), at, 'Asia/Shanghai')).toContain('星期二');
  });

  it('survives a zone it does not know', () => {
    expect(zoneName(createTranslator('en'), at, 'Mars/Olympus')).toBe('UTC');
    expect(day(createTranslator('en'), at, '')).toContain('Tuesday');
  });
});
