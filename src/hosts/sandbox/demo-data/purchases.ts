/** Deals and line items of one contact: how often, how much and how recently follows from its segment. */
import { CATALOGUE, type CatalogueProduct } from './catalogue.ts';
import type { Person } from './people.ts';
import { iso, type PortalWriter } from './portal-writer.ts';
import { hasBought } from './profile.ts';
import type { Random } from './random.ts';
import type { DemoSegment } from './types.ts';

const DAY = 86_400_000;
const OPEN_STAGES = [
  'appointmentscheduled',
  'qualifiedtobuy',
  'presentationscheduled',
  'decisionmakerboughtin',
  'contractsent',
];

interface Habit {
  /** Mean days between purchases while active. */
  readonly everyDays: number;
  /** The active span, in days before now: buys from `from` to `until`. */
  readonly from: number;
  readonly until: number;
  /** Median pieces per line. */
  readonly pieces: number;
  readonly families: Readonly<Record<CatalogueProduct['family'], number>>;
  readonly open: number;
  readonly lost: number;
}

const HABITS: Readonly<Record<DemoSegment, Habit>> = {
  champion: {
    everyDays: 150,
    from: 720,
    until: 0,
    pieces: 7,
    families: { furniture: 25, light: 8, room: 25, sound: 12, software: 20, service: 10 },
    open: 0.25,
    lost: 0.15,
  },
  steady: {
    everyDays: 330,
    from: 720,
    until: 0,
    pieces: 3.5,
    families: { furniture: 35, light: 12, room: 18, sound: 10, software: 18, service: 7 },
    open: 0.14,
    lost: 0.15,
  },
  occasional: {
    everyDays: 640,
    from: 720,
    until: 0,
    pieces: 2,
    families: { furniture: 45, light: 20, room: 10, sound: 12, software: 8, service: 5 },
    open: 0.08,
    lost: 0.15,
  },
  bargain: {
    everyDays: 270,
    from: 600,
    until: 0,
    pieces: 1.6,
    families: { furniture: 10, light: 45, room: 8, sound: 32, software: 3, service: 2 },
    open: 0.1,
    lost: 0.35,
  },
  newcomer: {
    everyDays: 90,
    from: 100,
    until: 0,
    pieces: 2.5,
    families: { furniture: 30, light: 14, room: 20, sound: 14, software: 18, service: 4 },
    open: 0.3,
    lost: 0.1,
  },
  dormant: {
    everyDays: 280,
    from: 900,
    until: 330,
    pieces: 3,
    families: { furniture: 45, light: 15, room: 20, sound: 8, software: 6, service: 6 },
    open: 0.02,
    lost: 0.2,
  },
  prospect: {
    everyDays: Number.POSITIVE_INFINITY,
    from: 200,
    until: 0,
    pieces: 3,
    families: { furniture: 35, light: 10, room: 22, sound: 10, software: 18, service: 5 },
    open: 0.2,
    lost: 0.15,
  },
};

/** Writes the deals; answers when the earliest of them began, or `null` without any. */
export function writePurchases(
  writer: PortalWriter,
  contactId: string,
  person: Person,
  random: Random,
): number | null {
  const habit = HABITS[person.profile.segment];
  const ago = (days: number): number => writer.nowMs - days * DAY;
  const closes: [stage: string, closeMs: number][] = [];
  if (hasBought(person.profile)) {
    let day = habit.from - random.exponential(habit.everyDays);
    while (day > habit.until) {
      closes.push(['closedwon', ago(day)]);
      day -= random.exponential(habit.everyDays);
    }
    if (closes.length === 0)
      closes.push(['closedwon', ago(random.between(habit.until, habit.from))]);
  }
  if (random.chance(habit.lost))
    closes.push(['closedlost', ago(random.between(habit.until, habit.from))]);
  if (random.chance(habit.open)) closes.push([random.pick(OPEN_STAGES), ago(0)]);
  let earliest: number | null = null;
  for (const [stage, closeMs] of closes) {
    const createdMs = closeMs - random.logNormal(24, 0.7) * DAY;
    writeDeal(writer, { contactId, person, habit, stage, closeMs, createdMs }, random);
    earliest = Math.min(earliest ?? createdMs, createdMs);
  }
  return earliest;
}

function writeDeal(
  writer: PortalWriter,
  deal: {
    readonly contactId: string;
    readonly person: Person;
    readonly habit: Habit;
    readonly stage: string;
    readonly closeMs: number;
    readonly createdMs: number;
  },
  random: Random,
): void {
  const { person, habit, stage, closeMs, createdMs } = deal;
  const id = writer.reserve('deals');
  const closed = stage.startsWith('closed');
  const lines = Math.min(4, 1 + Math.floor(random.exponential(0.8)));
  let amount = 0;
  let leading = '';
  for (let line = 0; line < lines; line++) {
    const family = random.weighted(habit.families);
    const product = random.pick(CATALOGUE.filter((p) => p.family === family));
    const quantity = Math.max(1, Math.round(random.logNormal(habit.pieces, 0.6)));
    const price = Math.round(product.price * random.between(0.9, 1) * 100) / 100;
    const net = Math.round(quantity * price * 100) / 100;
    const lineId = writer.add(
      'line_items',
      {
        name: product.name,
        hs_sku: product.sku,
        quantity: String(quantity),
        price: price.toFixed(2),
        amount: net.toFixed(2),
        hs_product_id: product.id,
      },
      createdMs,
      closed ? closeMs : createdMs,
    );
    writer.link('line_items', lineId, 'deals', id);
    amount += net;
    leading ||= product.name;
  }
  writer.add(
    'deals',
    {
      dealname: `${person.company?.name ?? `${person.firstName} ${person.lastName}`}: ${leading}`,
      amount: amount.toFixed(2),
      pipeline: 'default',
      dealstage: stage,
      closedate: closed ? iso(Math.min(closeMs, writer.nowMs)) : undefined,
      hubspot_owner_id: person.rep.id,
    },
    createdMs,
    closed ? closeMs : createdMs,
    id,
  );
  writer.link('deals', id, 'contacts', deal.contactId);
  if (person.company !== null) writer.link('deals', id, 'companies', person.company.id);
}
