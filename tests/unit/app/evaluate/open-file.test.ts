import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBasketFile } from '../../../../src/app/evaluate/baskets.ts';
import { readTable } from '../../../../src/app/evaluate/table.ts';

const folder = mkdtempSync(join(tmpdir(), 'rapport-files-'));
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const refused = (message: RegExp) => ({
  code: 'config_invalid',
  message: expect.stringMatching(message),
});

describe("a user's file", () => {
  it('reads the same from every kind', async () => {
    const csv = '\uFEFFname,n\r\n"Zoë, 王",1\r\nb,2\r\n';
    const jsonl = '\uFEFF{"name":"Zoë, 王","n":1}\r\n\n{"name":"b","n":2}';
    const files = [
      file('a.csv', csv),
      file('a.jsonl', jsonl),
      file('a.csv.gz', gzipSync(csv)),
      file('a.jsonl.gz', gzipSync(jsonl)),
    ];
    for (const path of files) {
      const table = await readTable(path);
      expect(table.columns).toEqual(['name', 'n']);
      expect(table.text('name')).toEqual(['Zoë, 王', 'b']);
      expect([...table.numbers('n')]).toEqual([1, 2]);
    }
  });

  it('keeps lines and letters that are cut by a chunk', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => JSON.stringify({ i, text: `第${i}行` }));
    const table = await readTable(file('long.jsonl', rows.join('\r\n')));
    expect(table.rows).toBe(30_000);
    expect(table.text('text').every((text, i) => text === `第${i}行`)).toBe(true);
  });

  it.each([
    ['no.csv.gz', 'not packed', /incorrect header check/],
    ['no.jsonl.gz', 'not packed', /incorrect header check/],
    ['cut.csv.gz', gzipSync(`a\n${'12345\n'.repeat(9999)}`).subarray(0, 90), /unexpected end/],
    ['list.jsonl', '[1,2]\n', /row 1: a line must be a JSON object/],
    ['word.jsonl', '{"a":1}\n"x"\n', /row 2: a line must be a JSON object/],
    ['ragged.csv', 'a,b\n1\n', /row 1: Invalid Record Length/],
    ['none.csv', 'a,b\n', /has no rows/],
    ['table.xlsx', 'PK', /only \.csv and \.jsonl/],
  ])('%s is refused in one sentence', async (name, content, message) => {
    await expect(readTable(file(name, content))).rejects.toMatchObject(refused(message));
  });

  it('is refused as baskets in the same way', async () => {
    for (const name of ['b.csv.gz', 'b.jsonl.gz'])
      await expect(readBasketFile(file(name, 'not packed'))).rejects.toMatchObject(
        refused(/incorrect/),
      );
  });
});
