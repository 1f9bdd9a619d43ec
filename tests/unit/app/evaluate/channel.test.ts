/** `rapport evaluate channel` on files with a known truth: what it writes, and what it refuses. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateChannels } from '../../../../src/app/evaluate/channel.ts';
import { readTable } from '../../../../src/app/evaluate/table.ts';
import { readTouchLog } from '../../../../src/app/evaluate/touch-log.ts';
import { sigmoid } from '../../../../src/ml/linear/logistic-regression.ts';
import { createRandom } from '../../../../src/ml/random.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-channel-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}
const HEAD = 'contact_id,touched_at,channel,rep_id,replied';

interface Result {
  readonly log_loss: number;
  readonly auc: number;
  readonly ece: number;
  readonly channels: readonly string[];
  readonly fields: readonly string[];
  readonly evidence: Readonly<Record<string, number>>;
  readonly best_single: { readonly channel: string; readonly dr: { readonly estimate: number } };
  readonly recommended: {
    readonly dr: { estimate: number; ci_low: number; ci_high: number };
    readonly snips: { readonly estimate: number };
  };
  readonly logged: { readonly ips: { readonly estimate: number } };
}

/** 600 contacts on channels nobody has heard of; `size` decides which one gets a reply. */
async function portal() {
  const random = createRandom(3);
  const touches = [HEAD];
  const contacts = ['contact_id,size,plan,note'];
  const truth = new Map<string, number[]>();
  for (let i = 0; i < 600; i++) {
    const size = 2 * random.next() - 1;
    const plan = ['free', 'paid'][random.int(2)] ?? '';
    contacts.push(`p${i},${i % 10 === 9 ? '' : size},${plan},`);
    const logits = [-0.6 + 1.5 * size, -0.6 - 1.5 * size, plan === 'paid' ? 0 : -1.2];
    truth.set(
      `p${i}`,
      logits.map((l) => sigmoid(l)),
    );
    const rep = random.int(4);
    for (let t = 0; t < 9; t++) {
      const c = random.next() < 0.5 ? rep % 3 : random.int(3);
      const day = new Date(Date.UTC(2026, 0, 1 + random.int(90), 8 + random.int(10)));
      const replied = random.next() < (truth.get(`p${i}`)?.[c] ?? 0) ? 1 : 0;
      const at = day
        .toISOString()
        .slice(0, 19)
        .replace('T', i % 2 === 0 ? ' ' : 'T');
      touches.push(`p${i},${at},${['fax', 'pager', 'pigeon'][c]},r${rep},${replied}`);
    }
  }
  contacts.push('=nobody(),0.2,free,');
  return {
    truth,
    data: await file('touches.csv', `${touches.join('\n')}\n`),
    contacts: await file('contacts.csv', `${contacts.join('\n')}\n`),
  };
}

describe('rapport evaluate channel', () => {
  it('F59 recommends well on channels and columns it never heard of, says how well, and writes no formula', async () => {
    const { truth, ...files } = await portal();
    const out = join(folder, 'recs.csv');
    const result = (await evaluateChannels({ ...files, recommendationsOut: out })) as Result;
    expect(result.channels).toEqual(['fax', 'pager', 'pigeon']);
    expect(result.fields).toEqual(['plan', 'size']);
    const rows = parse(await readFile(out), { columns: true }) as Record<string, string>[];
    expect(Object.keys(rows[0] ?? {})).toEqual(
      'contact_id channel day_part chance low high evidence'.split(' '),
    );
    // An id that is a formula leaves as text, so that no spreadsheet runs it.
    expect(rows.map((r) => r['contact_id'])).toEqual([...truth.keys(), "'=nobody()"]);
    const mean = (of: (chances: readonly number[], id: string) => number): number =>
      [...truth].reduce((sum, [id, chances]) => sum + of(chances, id), 0) / truth.size;
    const chosen = new Map(rows.map((r) => [r['contact_id'], r['channel'] ?? '']));
    const got = mean((p, id) => p[result.channels.indexOf(chosen.get(id) ?? '')] ?? 0);
    const ceiling = mean((p) => Math.max(...p));
    const single = Math.max(...[0, 1, 2].map((c) => mean((p) => p[c] ?? 0)));
    expect(ceiling - got).toBeLessThan(0.3 * (ceiling - single));
    for (const { chance, low, high } of rows) {
      expect(Number(low)).toBeLessThanOrEqual(Number(chance));
      expect(Number(high)).toBeGreaterThanOrEqual(Number(chance));
    }
    const counts = Object.values(result.evidence).reduce((a, b) => a + b, 0);
    expect(counts).toBe(601);
    expect(result.ece).toBeLessThan(0.05);
    expect(result.auc).toBeGreaterThan(0.6);
    expect(result.recommended.dr.ci_low).toBeLessThan(got);
    expect(result.recommended.dr.ci_high).toBeGreaterThan(got - 0.03);
    expect(result.recommended.dr.estimate).toBeGreaterThan(result.logged.ips.estimate);
  });

  it('reads times with and without zones on the clock of the contact', async () => {
    const touches = await readTable(
      await file(
        'zones.csv',
        `${HEAD}\na,2026-03-02 10:00:00,phone,r,1\na,2026-03-02T10:00:00Z,phone,r,no\n` +
          'b,2026-03-02T10:00:00+09:00,phone,,TRUE\nb,1772445600000,phone,r,0\n',
      ),
    );
    const people = await readTable(
      await file('zoned.csv', 'contact_id,time_zone\na,Asia/Tokyo\nb,\n'),
    );
    const log = readTouchLog(touches, people);
    expect(log.fields).toEqual([]);
    expect(log.contacts.map((c) => c.touches.map((t) => [t.dayPart, t.answered]))).toEqual([
      [
        ['morning', true],
        ['evening', false],
      ],
      [
        ['morning', true],
        ['morning', false],
      ],
    ]);
  });

  it('keeps those who were touched and are not listed, with nothing known of them', async () => {
    const touches = await readTable(await file('t.csv', `${HEAD}\nx,2026-03-02,phone,r,1\n`));
    const people = await readTable(await file('c.csv', 'contact_id,plan\ny,free\n'));
    const log = readTouchLog(touches, people);
    expect(log.ids).toEqual(['y', 'x']);
    expect(log.contacts.map((c) => c.observed)).toEqual([{ plan: 'free' }, {}]);
  });

  it.each([
    ['a,yesterday,phone,r,1', /"touched_at", row 1 holds "yesterday"/],
    ['a,2026-03-02,phone,r,perhaps', /"replied", row 1 holds "perhaps"/],
    ['a,2026-03-02,,r,1', /"channel", row 1/],
    [',2026-03-02,phone,r,1', /"contact_id", row 1/],
    ['a,2026-03-02,phone,r,1', /at least 50 touches/],
  ])('refuses %s in one sentence', async (line, message) => {
    const data = await file('bad.csv', `${HEAD}\n${line}\n`);
    const contacts = await file('one.csv', 'contact_id\na\n');
    await expect(evaluateChannels({ data, contacts })).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(message),
    });
  });
});
