/**
 * A large portal from consent to the last written score, beside what the account's rate limit alone
 * allows, and the contact card from its stored scores. With `--paced` our limiter and the sandbox's
 * are at work and every answer takes 100 ms. Without it the sandbox's clock runs so fast that nothing
 * but our own work is waited for; what the limit would take is worked out from the calls made.
 * Usage: npm run bench:portal [-- --contacts 100000 --cards 1000 --seed 1 --paced]
 * PostgreSQL when RAPPORT_TEST_DATABASE_URL is set, else PGlite.
 */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { installIntoSandbox, registerApp } from '../../src/app/sandbox-install.ts';
import { tenantId } from '../../src/core/ids.ts';
import { signedHeaders } from '../../src/hosts/sandbox/signature.ts';
import { createRandom } from '../../src/ml/random.ts';
import { openPortal, type PortalHost, type PortalHostOptions } from './portal-host.ts';

/** HubSpot: 110 calls per 10 s and account; searches are counted apart, 5 per second. */
const CALLS_PER_S = 11;
const SEARCHES_PER_S = 5;
/** Of each answer of the sandbox in a paced run. */
const LATENCY_MS = 100;
const STEPS = ['installing', 'backfilling', 'training', 'scoring'] as const;
type Step = (typeof STEPS)[number];

export interface PortalFigures {
  readonly contacts: number;
  readonly engine: PortalHost['engine'];
  readonly calls: number;
  readonly searches: number;
  /** Seconds the rate limit alone takes for these calls. */
  readonly limit_s: number;
  readonly paced: boolean;
  /** Seconds each step took; not paced, they are our own work alone. */
  readonly took_s: Readonly<Record<Step, number>>;
  readonly took_total_s: number;
  /** Processor seconds of this process, the sandbox CRM and all threads included. */
  readonly cpu_s: Readonly<Record<Step, number>>;
  /** Calls of each step, and what the limit alone takes for them. */
  readonly step_limit_s: Readonly<Record<Step, number>>;
  /** The install at the account's real pace: as it was, or every step the longer of its work and its limit. */
  readonly real_pace_s: number;
  readonly ratio: number;
  readonly card_ms: { readonly n: number; readonly p50: number; readonly p95: number };
  readonly peak_mb: number;
}

const limitOf = ({ call, bulk, search, background }: PortalHost['calls']): number =>
  Math.max((call + bulk + background) / CALLS_PER_S, search / SEARCHES_PER_S);

export async function benchPortal(
  options: PortalHostOptions & { readonly cards: number },
): Promise<PortalFigures> {
  const portal = await openPortal(options);
  try {
    return await measure(portal, options);
  } finally {
    await portal.close();
  }
}

async function measure(
  portal: PortalHost,
  { contacts, cards, seed, paced }: PortalHostOptions & { readonly cards: number },
): Promise<PortalFigures> {
  const { running, url, calls } = portal;
  const { sandbox, ctx } = running;
  if (sandbox === undefined) throw new Error('The portal needs its sandbox.');
  await sandbox.seed();
  const info = await sandbox.info();
  await fetch(`${info.api}/sandbox/knobs`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${info.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(paced ? { latencyMs: LATENCY_MS } : { clockSpeed: 100_000 }),
  });
  await registerApp(ctx.manifest, info, url);
  await running.work();
  const took = { installing: 0, backfilling: 0, training: 0, scoring: 0 };
  const limits = { ...took };
  const cpu = { ...took };
  let peak = 0;
  let step: Step = 'installing';
  let since = performance.now();
  let before = { ...calls };
  let used = process.cpuUsage();
  const close = (next: Step): void => {
    const now = performance.now();
    took[step] += (now - since) / 1000;
    limits[step] += limitOf({
      call: calls.call - before.call,
      bulk: calls.bulk - before.bulk,
      search: calls.search - before.search,
      background: calls.background - before.background,
    });
    const { user, system } = process.cpuUsage(used);
    cpu[step] += (user + system) / 1e6;
    [step, since, before, used] = [next, now, { ...calls }, process.cpuUsage()];
  };
  await installIntoSandbox(url);
  for (;;) {
    const state = (await ctx.store.tenants.find('sandbox', String(info.portalId)))?.state;
    peak = Math.max(peak, process.memoryUsage.rss());
    const now = STEPS.find((s) => s === state);
    if (now !== undefined && now !== step) close(now);
    if (state === 'ready') break;
    await setTimeout(50);
  }
  close(step);
  const made = { ...calls };
  const card_ms = await cardTimes(portal, String(info.portalId), info.clientSecret, cards, seed);
  const total = (all: Readonly<Record<Step, number>>): number =>
    STEPS.reduce((sum, s) => sum + all[s], 0);
  const limit_s = limitOf(made);
  const real = STEPS.reduce((sum, s) => sum + (paced ? took[s] : Math.max(took[s], limits[s])), 0);
  return {
    contacts,
    engine: portal.engine,
    calls: made.call + made.bulk + made.background,
    searches: made.search,
    limit_s,
    paced,
    took_s: took,
    took_total_s: total(took),
    cpu_s: cpu,
    step_limit_s: limits,
    real_pace_s: real,
    ratio: real / limit_s,
    card_ms,
    peak_mb: Math.round(peak / 2 ** 20),
  };
}

/** Whole signed requests over loopback, one after the other: an upper bound of the server's time. */
async function cardTimes(
  { running, url }: PortalHost,
  account: string,
  secret: string,
  n: number,
  seed: number,
): Promise<PortalFigures['card_ms']> {
  const { store } = running.ctx;
  const id = tenantId('sandbox', account);
  const ids: string[] = [];
  for (let after: string | null = null; ; after = ids.at(-1) ?? null) {
    const page = await store.records.page(id, 'contact', after, 1_000);
    if (page.length === 0) break;
    ids.push(...page);
  }
  const random = createRandom(seed);
  const times: number[] = [];
  for (let k = 0; k < n; k++) {
    const contact = ids[random.int(ids.length)] ?? '';
    const uri = `${url}/hubspot/card?objectId=${contact}&portalId=${account}`;
    const headers = signedHeaders(secret, {
      method: 'GET',
      uri,
      body: '',
      timestampMs: Date.now(),
    });
    const begun = performance.now();
    const answer = await fetch(uri, { headers });
    const card = (await answer.json()) as { state?: string };
    times.push(performance.now() - begun);
    if (answer.status !== 200 || card.state === 'empty' || card.state === 'not_connected')
      throw new Error(`The card of ${contact} answered ${answer.status} ${card.state}.`);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * times.length)] ?? Number.NaN;
  return { n, p50: at(0.5), p95: at(0.95) };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      contacts: { type: 'string', default: '100000' },
      cards: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      paced: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help)
    console.log(
      'Usage: npm run bench:portal [-- --contacts 100000 --cards 1000 --seed 1 --paced]\n' +
        'Installs a generated portal and prints calls, seconds of the rate limit alone, seconds taken,\n' +
        'their ratio, and the card (p50, p95). --paced waits for the limit as a real account would.\n' +
        'PostgreSQL with RAPPORT_TEST_DATABASE_URL, else PGlite.',
    );
  else {
    let said = 0;
    const figures = await benchPortal({
      contacts: Number(values.contacts),
      cards: Number(values.cards),
      seed: Number(values.seed),
      paced: values.paced,
      server: process.env['RAPPORT_TEST_DATABASE_URL'],
      onProgress: (step, done, total) => {
        if (Date.now() - said < 5_000) return;
        said = Date.now();
        process.stderr.write(`  ${step} ${done}/${total ?? '?'}\n`);
      },
    });
    console.log(JSON.stringify(figures, null, 2));
  }
}
