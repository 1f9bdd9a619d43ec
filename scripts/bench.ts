/**
 * How well Rapport recovers what the demo portal hides: a fresh portal is generated, connected, read
 * and scored by the application itself, and only then compared with the truth. Demo figures say that
 * the machinery works, not how it does on real customers.
 * Usage: npm run bench [-- --contacts 2000 --seed 1] [--json]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/app/config.ts';
import { run } from '../src/app/roles.ts';
import { installIntoSandbox, registerApp } from '../src/app/sandbox-install.ts';
import { createClosers } from '../src/app/shutdown.ts';
import type { Channel } from '../src/core/channel.ts';
import { tenantId } from '../src/core/ids.ts';
import type { ContactScore, TextScore } from '../src/core/score.ts';
import { touches } from '../src/features/channel-history.ts';
import type { FlowContext } from '../src/flows/context.ts';
import { readFacts } from '../src/flows/facts.ts';
import type { ContactTruth, TextTruth } from '../src/hosts/sandbox/demo-data/types.ts';
import type { Sandbox } from '../src/hosts/sandbox/sandbox.ts';
import { macroF1 } from '../src/ml/metrics.ts';

const { values: options } = parseArgs({
  options: {
    contacts: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

interface Policy {
  readonly policy: string;
  /** Share of contacts whose channel is the truly best of those allowed. */
  readonly hit: number;
  /** True chance of a reply on the chosen channel, mean over contacts, with its 95 % interval. */
  readonly reply: number;
  readonly low: number;
  readonly high: number;
  /** Mean chance given away against the truly best channel. */
  readonly regret: number;
}

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-'));
  const closers = createClosers();
  try {
    const config = readConfig(
      {},
      {
        PORT: String(await freePort()),
        RAPPORT_DATA_DIR: dataDir,
        RAPPORT_DEMO_CONTACTS: options.contacts,
        RAPPORT_DEMO_SEED: options.seed,
      },
    );
    const begun = performance.now();
    const { ctx, sandbox, work } = await run(
      config,
      { web: true, worker: true, sandbox: true },
      closers,
      () => {},
    );
    if (sandbox === undefined) throw new Error('no sandbox');
    await sandbox.seed();
    await registerApp(ctx.manifest, await sandbox.info(), config.publicUrl);
    await work();
    await installIntoSandbox(config.publicUrl);
    const id = tenantId('sandbox', String((await sandbox.info()).portalId));
    while ((await ctx.store.tenants.get(id))?.state !== 'ready') await setTimeout(100);
    const readyS = (performance.now() - begun) / 1000;
    const result = {
      contacts: Number(options.contacts),
      seed: Number(options.seed),
      startToReadyS: Number(readyS.toFixed(1)),
      channel: await compareChannels(ctx, sandbox, id),
      text: await compareTexts(ctx, sandbox, id),
    };
    if (options.json) console.log(JSON.stringify(result));
    else print(result);
  } finally {
    await closers.closeAll();
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Id = ReturnType<typeof tenantId>;

async function compareChannels(
  ctx: FlowContext,
  sandbox: Sandbox,
  id: Id,
): Promise<{ n: number; policies: Policy[] }> {
  const tenant = await ctx.store.tenants.get(id);
  if (tenant === null) throw new Error('no tenant');
  const truths = new Map(
    (await sandbox.truth('contacts')).map((t) => [t.id, t.truth as ContactTruth]),
  );
  const ids = await ctx.store.records.page(id, 'contact', null, 100_000);
  const facts = await readFacts({ store: ctx.store, tenant }, ids);
  const scores = new Map(
    (await ctx.store.scores.get(id, 'contact', ids)).map((s) => [s.id, s.data as ContactScore]),
  );
  const now = ctx.clock.now();
  const used = new Map<Channel, number>();
  const cases = facts.flatMap((f) => {
    const history = touches(f, now, tenant.settings.reach).filter((t) => t.settled);
    for (const t of history) used.set(t.channel, (used.get(t.channel) ?? 0) + 1);
    const truth = truths.get(f.contact.id);
    const ranked = scores.get(f.contact.id)?.reach?.ranked ?? [];
    const best = ranked[0];
    if (truth === undefined || best === undefined || ranked.length < 2) return [];
    const allowed = ranked.map((c) => c.channel);
    const answered = history
      .filter((t) => t.answered)
      .sort((a, b) => b.at.getTime() - a.at.getTime());
    const chances: Readonly<Partial<Record<Channel, number>>> = truth.replyProb;
    const chance = (channel: Channel): number => chances[channel] ?? 0;
    return [
      { chance, allowed, recommended: best.channel, lastAnswered: answered.map((t) => t.channel) },
    ];
  });
  const common = [...used].sort((a, b) => b[1] - a[1]).map(([channel]) => channel);
  const firstAllowed = (wanted: readonly Channel[], allowed: readonly Channel[]): Channel =>
    [...wanted, ...common, ...allowed].find((c) => allowed.includes(c)) as Channel;
  const judge = (policy: string, choose: (c: (typeof cases)[number]) => Channel): Policy => {
    const rows = cases.map((c) => {
      const best = Math.max(...c.allowed.map(c.chance));
      const reply = c.chance(choose(c));
      return { reply, regret: best - reply, hit: best === reply ? 1 : 0 };
    });
    const mean = (key: keyof (typeof rows)[number]) =>
      rows.reduce((sum, r) => sum + r[key], 0) / rows.length;
    const reply = mean('reply');
    const sd = Math.sqrt(
      rows.reduce((sum, r) => sum + (r.reply - reply) ** 2, 0) / (rows.length - 1),
    );
    const half = (1.96 * sd) / Math.sqrt(rows.length);
    return {
      policy,
      hit: mean('hit'),
      reply,
      low: reply - half,
      high: reply + half,
      regret: mean('regret'),
    };
  };
  return {
    n: cases.length,
    policies: [
      judge('Rapport', (c) => c.recommended),
      judge('most common channel', (c) => firstAllowed(common, c.allowed)),
      judge('last channel that got a reply', (c) => firstAllowed(c.lastAnswered, c.allowed)),
      judge('the truth itself (ceiling)', (c) =>
        c.allowed.reduce((a, b) => (c.chance(b) > c.chance(a) ? b : a)),
      ),
    ],
  };
}

async function compareTexts(ctx: FlowContext, sandbox: Sandbox, id: Id) {
  const truths = [
    ...(await sandbox.truth('tickets')).map((t) => ({ ...t, kind: 'ticket' as const })),
    ...(await sandbox.truth('feedback_submissions')).map((t) => ({
      ...t,
      kind: 'feedback' as const,
    })),
  ];
  const scores = new Map<string, TextScore>();
  for (const kind of ['ticket', 'feedback'] as const) {
    const ids = truths.filter((t) => t.kind === kind).map((t) => t.id);
    for (const row of await ctx.store.scores.get(id, kind, ids))
      scores.set(`${kind} ${row.id}`, row.data as TextScore);
  }
  const judge = (field: 'type' | 'sentiment' | 'urgency', zh: boolean) => {
    const pairs = truths.flatMap((t) => {
      const truth = t.truth as TextTruth;
      const label = scores.get(`${t.kind} ${t.id}`)?.[field]?.label;
      return (truth.language !== 'en') === zh
        ? [{ truth: truth[field] as string, label: label ?? '' }]
        : [];
    });
    return {
      field,
      language: zh ? 'zh, mixed' : 'en',
      n: pairs.length,
      accuracy: pairs.filter((p) => p.truth === p.label).length / pairs.length,
      macroF1: macroF1(
        pairs.map((p) => p.truth),
        pairs.map((p) => p.label),
      ),
    };
  };
  return (['type', 'sentiment', 'urgency'] as const).flatMap((field) => [
    judge(field, false),
    judge(field, true),
  ]);
}

type Result = {
  contacts: number;
  seed: number;
  startToReadyS: number;
  channel: { n: number; policies: Policy[] };
  text: Awaited<ReturnType<typeof compareTexts>>;
};

function print({ contacts, seed, startToReadyS, channel, text }: Result): void {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`.padStart(8);
  console.log(
    `Demo portal, ${contacts} contacts, seed ${seed}; start to ready ${startToReadyS} s\n`,
  );
  console.log(`Channel, n = ${channel.n} contacts with at least two allowed channels`);
  console.log(`${''.padEnd(32)}best hit  true reply rate (95 % interval)   given away`);
  for (const p of channel.policies)
    console.log(
      `${p.policy.padEnd(32)}${percent(p.hit)}  ${percent(p.reply)} (${percent(p.low).trim()} – ${percent(p.high).trim()})   ${percent(p.regret)}`,
    );
  console.log(
    '\nText, against the hidden labels (the models learn from what people in the CRM chose)',
  );
  for (const t of text)
    console.log(
      `${t.field.padEnd(10)} ${t.language.padEnd(10)} n = ${String(t.n).padStart(4)}   accuracy ${percent(t.accuracy)}   macro-F1 ${t.macroF1.toFixed(3)}`,
    );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      );
    });
  });
}

await main();
