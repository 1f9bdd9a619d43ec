/** One row per knob of the sandbox: whatever goes wrong on the way, the end is that of an undisturbed run, or the documented one. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { RapportError } from '../../src/core/errors.ts';
import type { Knobs } from '../../src/hosts/sandbox/settings.ts';
import { createPostgresLimiter } from '../../src/platform/limiter.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { makeShortHistory } from '../support/short-history.ts';

const CONTACTS = 10;
/** A row takes a few seconds; a busy machine may need long. */
const SLOW_MS = 300_000;

interface Ended {
  readonly picture: Picture;
  readonly refused: readonly RapportError[];
  readonly app: Installation;
}
interface Picture {
  readonly stored: Readonly<Record<string, object>>;
  readonly scored: Readonly<Record<string, string>>;
  readonly held: Readonly<Record<string, Record<string, string>>>;
}

/** Installs, then lives through a short history under the knobs, then looks again as every day does. */
async function live(
  knobs: Partial<Knobs>,
  look: (ended: Ended) => Promise<void>,
  { limited = false } = {},
): Promise<void> {
  const app = await startInstallation({ contacts: CONTACTS });
  try {
    if (limited) {
      const limiter = await createPostgresLimiter(app.database.sql);
      Object.assign(app.ctx.limiter, { acquire: limiter.acquire, pause: limiter.pause });
    }
    const webhooks = Object.fromEntries(
      Object.entries(knobs).filter(([name]) => name.startsWith('webhook')),
    );
    await app.knobs(knobs as Record<string, number>);
    await installed(app);
    const refused = [...(await app.settle())];
    // The history itself is made by people on an undisturbed connection.
    await app.knobs(webhooks as Record<string, number>);
    await makeShortHistory(app);
    await app.knobs(knobs as Record<string, number>);
    refused.push(...(await app.settle()));
    await app.job('reconcile').catch((error: RapportError) => refused.push(error));
    await app.knobs(webhooks as Record<string, number>);
    app.clock.advance(20 * 60_000);
    for (const job of ['reconcile', 'certify']) await app.job(job);
    refused.push(...(await app.settle()));
    await look({ picture: (await app.picture()) as Picture, refused, app });
  } finally {
    await app.close();
  }
}

/** One lost answer ends an installation; its admin begins again. */
async function installed(app: Installation, tries = 20): Promise<void> {
  const error = await app.install().catch((reason: RapportError) => reason);
  if (error === undefined) return;
  if (tries === 0) throw error;
  await installed(app, tries - 1);
}

vi.setConfig({ testTimeout: SLOW_MS, hookTimeout: SLOW_MS });

let undisturbed: Picture;
beforeAll(async () => {
  await live({}, async ({ picture, refused, app }) => {
    expect(refused).toEqual([]);
    undisturbed = picture;
    // The history did what it was meant to do.
    expect(await app.ctx.store.records.count(app.id, 'contact')).toBe(CONTACTS - 2);
    expect(
      Object.values(picture.held).filter((h) => h['rapport_status'] === 'excluded'),
    ).toHaveLength(1);
    expect(Object.values(picture.held).some((h) => h['rapport_feedback_type'] !== undefined)).toBe(
      true,
    );
    expect(app.ctx.log.lines.filter((l) => l.level === 'error')).toEqual([]);
  });
}, SLOW_MS);

interface Row {
  readonly rows: string;
  readonly knobs: Partial<Knobs>;
  /** Code of the refusals that must have been met, or the row proves nothing. */
  readonly met?: RapportError['code'];
}

const SAME_END: readonly Row[] = [
  { rows: 'F43', knobs: { latencyMs: 15 } },
  { rows: 'F42', knobs: { rate429: 0.1 }, met: 'host_rate_limited' },
  { rows: 'F43', knobs: { rate5xx: 0.1 }, met: 'host_unavailable' },
  { rows: 'F43', knobs: { rate423: 0.1 }, met: 'host_rate_limited' },
  { rows: 'F43', knobs: { rate477: 0.1 }, met: 'host_rate_limited' },
  { rows: 'F43 F44', knobs: { rateBroken: 0.1 }, met: 'host_unavailable' },
  { rows: 'F08', knobs: { webhookDuplicate: 1 } },
  { rows: 'F10', knobs: { webhookReorder: 1 } },
  { rows: 'F10', knobs: { webhookDelayMs: 400, webhookReorder: 0.5, webhookDuplicate: 0.5 } },
  { rows: 'F11', knobs: { webhookDrop: 1 } },
  { rows: 'F49', knobs: { webhookDrop: 1, searchLagMs: 60_000 } },
  {
    rows: 'F08 F10 F11 F42 F43',
    knobs: {
      rate429: 0.05,
      rate5xx: 0.05,
      rateBroken: 0.05,
      webhookDrop: 0.3,
      webhookDuplicate: 0.3,
    },
  },
];

describe('the same end as undisturbed', () => {
  test.each(SAME_END)('$rows $knobs', async ({ knobs, met }) => {
    await live(knobs, async ({ picture, refused, app }) => {
      if (met !== undefined) expect(refused.map((e) => e.code)).toContain(met);
      expect(picture).toEqual(undisturbed);
      // Lost and broken answers are not mistakes of ours.
      expect(app.ctx.log.lines.filter((l) => l.level === 'error')).toEqual([]);
      expect(await app.ctx.store.notices.all(app.id)).toEqual([]);
    });
  });

  test('F41 I6 at the speed of HubSpot’s own clock, under its limits', async () => {
    await live(
      { clockSpeed: 1 },
      async ({ picture, refused, app }) => {
        expect(refused.map((e) => e.message)).toEqual([]);
        expect(picture).toEqual(undisturbed);
        const { body } = await app.crm('GET', '/sandbox/calls');
        const windows = Object.entries(body as Record<string, { mostInWindow: number }>);
        for (const [key, { mostInWindow }] of windows)
          if (!key.endsWith('private'))
            expect(mostInWindow).toBeLessThanOrEqual(key.endsWith('search') ? 5 : 110);
      },
      { limited: true },
    );
  });
});

test('F45 a validation rule of the account refuses its records alone, and the journal says why', async () => {
  await live({ rateRefused: 0.2 }, async ({ picture, app }) => {
    expect(picture.stored).toEqual(undisturbed.stored);
    const journal = await app.ctx.store.writes.list(app.id, {}, 1_000);
    const refused = new Set(
      journal.filter((w) => w.state === 'refused').map((w) => `${plural(w.kind)} ${w.id}`),
    );
    expect(refused.size).toBeGreaterThan(0);
    for (const [key, held] of Object.entries(undisturbed.held))
      if (!refused.has(key)) expect(picture.held[key], key).toEqual(held);
    for (const entry of journal.filter((w) => w.state === 'refused'))
      expect(entry.reason).toContain('validation rule');
  });
});

const plural = (kind: string): string => (kind === 'company' ? 'companies' : `${kind}s`);

test('F50 without room for all properties the others are written', async () => {
  await live({ propertyLimit: 20 }, async ({ picture, app }) => {
    expect(picture.stored).toEqual(undisturbed.stored);
    const [notice] = await app.ctx.store.notices.all(app.id);
    expect(notice?.code).toBe('property_limit');
    const without = new Set(notice?.details.map((name) => name.split('.')[1]));
    // Bands and options: reasons and numbers are written along when something else causes a write.
    const causes = Object.values(app.ctx.manifest.properties)
      .flat()
      .filter((p) => p.writes === 'on_change' && p.options !== undefined && !without.has(p.name));
    expect(causes.length).toBeGreaterThan(10);
    for (const [key, held] of Object.entries(undisturbed.held))
      for (const { name } of causes)
        expect(picture.held[key]?.[name], `${key} ${name}`).toBe(held[name]);
  });
});
