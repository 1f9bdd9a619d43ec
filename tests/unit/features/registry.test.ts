/** Features are registered once, documented, and never see the future. */
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { recordId } from '../../../src/core/ids.ts';
import type {
  Deal,
  FeedbackItem,
  Interaction,
  InteractionKind,
  LineItem,
  Ticket,
} from '../../../src/core/record.ts';
import type { ContactFacts } from '../../../src/features/facts.ts';
import { pastOf } from '../../../src/features/past.ts';
import { FEATURES } from '../../../src/features/registry.ts';
import { person } from '../models/simulated-portal.ts';

const ASOF = new Date('2026-03-31T12:00:00Z');
const DAY = 86_400_000;
const valuesOf = (facts: ContactFacts): (number | null)[] => {
  const past = pastOf(facts, ASOF, DEFAULT_REACH_RULES);
  return FEATURES.map(({ of }) => of(past));
};

const event = fc.record({
  daysAgo: fc.integer({ min: -60 * 24, max: 120 * 24 }).map((hours) => hours / 24),
  inbound: fc.boolean(),
  channel: fc.constantFrom(...CHANNELS),
  answered: fc.boolean(),
  amount: fc.integer({ min: 0, max: 900 }),
  stage: fc.constantFrom('won' as const, 'lost' as const, 'open' as const),
  kind: fc.constantFrom(
    ...(['touch', 'touch', 'touch', 'touch', 'deal', 'ticket', 'feedback'] as const),
  ),
});
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;
const KINDS: Partial<Record<string, InteractionKind>> = {
  phone: 'call',
  email: 'email',
  meeting: 'meeting',
};

function factsOf(events: readonly Event[]): ContactFacts {
  const interactions: Interaction[] = [];
  const deals: Deal[] = [];
  const lineItems: LineItem[] = [];
  const tickets: Ticket[] = [];
  const feedback: FeedbackItem[] = [];
  events.forEach((e, i) => {
    const at = new Date(ASOF.getTime() - e.daysAgo * DAY);
    const base = { id: recordId(i + 1), createdAt: at, updatedAt: at, links: [] };
    if (e.kind === 'touch')
      interactions.push({
        ...base,
        kind: KINDS[e.channel] ?? 'communication',
        channel: e.channel,
        direction: e.inbound ? 'inbound' : 'outbound',
        at,
        answered: e.channel === 'email' ? null : e.answered,
        text: '',
      });
    else if (e.kind === 'deal') {
      const closedAt = e.stage === 'open' ? null : at;
      deals.push({ ...base, kind: 'deal', name: '', amount: e.amount, stage: e.stage, closedAt });
      lineItems.push({
        ...base,
        kind: 'line_item',
        links: [{ kind: 'deal', id: base.id }],
        name: `item ${e.amount % 5}`,
        sku: null,
        quantity: 1,
        price: e.amount,
      });
    } else if (e.kind === 'ticket')
      tickets.push({
        ...base,
        kind: 'ticket',
        subject: '',
        text: '',
        category: null,
        priority: null,
        open: true,
        humanType: [],
      });
    else
      feedback.push({
        ...base,
        kind: 'feedback',
        text: '',
        rating: e.amount % 11,
        survey: null,
        at,
      });
  });
  return { contact: person(), interactions, deals, lineItems, tickets, feedback };
}

describe('point in time', () => {
  const history = fc.array(event, { maxLength: 40 });

  it('adding, changing or removing anything after asOf changes no feature', () => {
    fc.assert(
      fc.property(history, history, (events, others) => {
        const past = events.filter((e) => e.daysAgo >= 0);
        const later = others.map((e) => ({ ...e, daysAgo: -Math.abs(e.daysAgo) - 0.01 }));
        const known = valuesOf(factsOf(past));
        expect(valuesOf(factsOf([...past, ...later]))).toEqual(known);
        const changed = later.map((e) => ({ ...e, amount: e.amount + 1, answered: !e.answered }));
        expect(valuesOf(factsOf([...past, ...changed]))).toEqual(known);
      }),
      { numRuns: 300 },
    );
  });

  it('a deal won later is still an open one, and no purchase', () => {
    const open = factsOf([
      {
        ...{ daysAgo: 5, inbound: false, channel: 'email', answered: false },
        amount: 9,
        stage: 'open',
        kind: 'deal',
      },
    ]);
    const won = {
      ...open,
      deals: open.deals.map((d) => ({
        ...d,
        stage: 'won' as const,
        closedAt: new Date(ASOF.getTime() + DAY),
      })),
    };
    expect(valuesOf(won)).toEqual(valuesOf(open));
    expect(valuesOf(open)[FEATURES.findIndex((f) => f.name === 'open_deals')]).toBe(1);
  });

  it('waits against the own rhythm, and for replies, are as counted by hand', () => {
    const event = { inbound: false, channel: 'email', answered: false, amount: 9 } as const;
    const values = valuesOf(
      factsOf([
        { ...event, daysAgo: 100, stage: 'won', kind: 'deal' },
        { ...event, daysAgo: 60, stage: 'won', kind: 'deal' },
        { ...event, daysAgo: 10, stage: 'won', kind: 'touch' },
        { ...event, daysAgo: 9, inbound: true, stage: 'won', kind: 'touch' },
      ]),
    );
    const of = (name: string) => values[FEATURES.findIndex((f) => f.name === name)];
    expect(of('gap_ratio')).toBeCloseTo(1.5, 9);
    expect(of('reply_hours')).toBeCloseTo(24, 9);
    expect(of('recency_days')).toBeCloseTo(60, 9);
    expect(of('silence_days')).toBeCloseTo(9, 9);
    expect(of('answered_email')).toBe(1);
  });

  it('what happened before does count: every feature of the past moves', () => {
    const moved = new Set<string>();
    fc.assert(
      fc.property(history, (events) => {
        const past = events.filter((e) => e.daysAgo >= 0);
        const before = valuesOf(factsOf([]));
        valuesOf(factsOf(past)).forEach((value, i) => {
          if (value !== before[i]) moved.add(FEATURES[i]?.name ?? '');
        });
      }),
      { numRuns: 900, seed: 1 },
    );
    // Two of them need a coincidence, and have a test of their own.
    const rare = ['gap_ratio', 'reply_hours', 'record_days'];
    const names = FEATURES.map((f) => f.name).filter((name) => !rare.includes(name));
    expect(names.filter((name) => !moved.has(name))).toEqual([]);
  });
});

describe('the registry', () => {
  it('has each name once', () => {
    expect(new Set(FEATURES.map((f) => f.name)).size).toBe(FEATURES.length);
  });

  it('is what docs/features.md says, in both directions', async () => {
    const docs = await readFile(new URL('../../../docs/features.md', import.meta.url), 'utf8');
    const rows = [
      ...docs.matchAll(/^\| `(\w+)` +\| (\w+) +\| (\w+) +\| (\S.*?) +\| (\S.*?) +\| \S.*\|$/gm),
    ];
    expect(
      rows.map(([, name, group, unit, window, source]) => [name, group, unit, window, source]),
    ).toEqual(
      FEATURES.map((f) => [
        f.name,
        f.group,
        f.unit,
        f.windowDays === null ? 'all' : `${f.windowDays} days`,
        f.source.join(', '),
      ]),
    );
  });
});
