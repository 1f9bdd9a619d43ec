/** Both languages say everything, and in their own form. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { day, days, hour, zoneName } from '../lib/format.ts';
import { createTranslator, languageOf, sentences, type Words } from '../lib/translate.ts';
import { common } from '../words/common.ts';
import { reach } from '../words/reach.ts';

const folder = fileURLToPath(new URL('../words/', import.meta.url));
const tables = await Promise.all(
  (await readdir(folder)).map(async (file) => {
    const module = (await import(`../words/${file}`)) as Record<string, Words>;
    return [file, sentences(Object.values(module))] as const;
  }),
);

describe.each(tables)('%s', (_, words) => {
  it('has the same placeholders in both languages', () => {
    const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    expect(Object.keys(words).length).toBeGreaterThan(0);
    for (const [key, said] of Object.entries(words)) {
      const [en = '', zh = '', more] = said.split('|');
      expect(more, key).toBeUndefined();
      expect(slots(zh), key).toEqual(slots(en));
      expect(zh.trim(), key).not.toBe('');
    }
  });

  it('follows the rules of copy', () => {
    for (const said of Object.values(words)) {
      const [en = '', zh = ''] = said.split('|');
      expect(en + zh).not.toMatch(/[!！]|\bAI\b|\bwill\b|你/);
      expect(zh).not.toMatch(/\p{Script=Han}[,.:;?()]/u);
    }
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
    const { t, space } = createTranslator('zh-cn', [reach]);
    expect(t('reach.or', { channel: 'WhatsApp', rate: 19, usual: 12 })).toContain('通过 WhatsApp');
    expect(space('2分钟前')).toBe('2 分钟前');
  });
});

describe('zones', () => {
  const at = '2026-11-24T01:30:00.000Z';
  const english = createTranslator('en', [common, reach]);
  const chinese = createTranslator('zh-cn', [common, reach]);
  it('writes days and hours in the zone it is given', () => {
    expect(day(english, at, 'America/New_York')).toContain('Monday');
    expect(day(chinese, at, 'Asia/Shanghai')).toContain('星期二');
    expect(hour(chinese, at, 'Asia/Shanghai')).toBe('09:30');
  });

  it('survives a zone it does not know', () => {
    expect(zoneName(english, at, 'Mars/Olympus')).toBe('UTC');
    expect(day(english, at, '')).toContain('Tuesday');
  });

  it('writes spans with their unit', () => {
    expect([days(english, 1), days(english, 2.4), days(english, 0.2)]).toEqual([
      '1 day',
      '2 days',
      '5 hours',
    ]);
    expect(days(chinese, 3)).toBe('3 天');
  });
});
