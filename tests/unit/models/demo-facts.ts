/** The demo portal as the models see it, through the same mapping as a real one, with the truth beside it. */
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import type {
  Contact,
  CrmRecord,
  FeedbackItem,
  RecordKind,
  Ticket,
} from '../../../src/core/record.ts';
import type { ContactFacts } from '../../../src/features/facts.ts';
import { toRecord } from '../../../src/hosts/hubspot/mapping.ts';
import {
  type ContactTruth,
  type DemoObjectType,
  generatePortal,
  type TextTruth,
} from '../../../src/hosts/sandbox/demo-data/generate.ts';

const KINDS: Partial<Record<DemoObjectType, RecordKind>> = {
  contacts: 'contact',
  deals: 'deal',
  line_items: 'line_item',
  tickets: 'ticket',
  feedback_submissions: 'feedback',
  calls: 'call',
  emails: 'email',
  meetings: 'meeting',
  communications: 'communication',
};
const TERMS = {
  dealStages: new Map<string, 'open' | 'won' | 'lost'>([
    ['closedwon', 'won'],
    ['closedlost', 'lost'],
  ]),
  closedTicketStages: new Set(['4']),
  consentProperties: DEFAULT_REACH_RULES.consentProperties,
};

export interface DemoFacts {
  readonly facts: readonly ContactFacts[];
  readonly tickets: readonly Ticket[];
  readonly feedback: readonly FeedbackItem[];
  readonly contactTruth: ReadonlyMap<string, ContactTruth>;
  readonly textTruth: ReadonlyMap<string, TextTruth>;
}

export function demoFacts(contacts: number, seed: number, now: Date): DemoFacts {
  const records = new Map<string, CrmRecord>();
  const linked = new Map<string, string[]>();
  const contactTruth = new Map<string, ContactTruth>();
  const textTruth = new Map<string, TextTruth>();
  const link = (from: string, to: string): void => {
    linked.set(from, [...(linked.get(from) ?? []), to]);
  };
  for (const batch of generatePortal({ contacts, seed, now })) {
    const links = new Map<string, { kind: RecordKind; id: never }[]>();
    for (const a of batch.associations) {
      const from = `${a.fromType}/${a.fromId}`;
      const to = `${a.toType}/${a.toId}`;
      link(from, to);
      link(to, from);
      const [fromKind, toKind] = [KINDS[a.fromType], KINDS[a.toType]];
      if (fromKind && toKind) {
        links.set(from, [...(links.get(from) ?? []), { kind: toKind, id: a.toId as never }]);
        links.set(to, [...(links.get(to) ?? []), { kind: fromKind, id: a.fromId as never }]);
      }
    }
    for (const object of batch.objects) {
      const kind = KINDS[object.objectType];
      const key = `${object.objectType}/${object.id}`;
      const record = kind ? toRecord(kind, object, links.get(key) ?? [], TERMS) : null;
      if (record) records.set(key, record);
    }
    for (const { objectType, id, truth } of batch.truths) {
      if ('bestChannel' in truth) contactTruth.set(id, truth);
      else textTruth.set(`${objectType}/${id}`, truth);
    }
  }
  const of = <K extends RecordKind>(keys: readonly string[], ...kinds: K[]) =>
    keys.flatMap((key) => {
      const record = records.get(key);
      return record && (kinds as string[]).includes(record.kind)
        ? [record as CrmRecord & { kind: K }]
        : [];
    });
  const all = [...records.values()];
  const facts = all
    .filter((r): r is Contact => r.kind === 'contact')
    .map((contact): ContactFacts => {
      const own = linked.get(`contacts/${contact.id}`) ?? [];
      const deals = of(own, 'deal');
      return {
        contact,
        deals,
        lineItems: deals.flatMap((d) => of(linked.get(`deals/${d.id}`) ?? [], 'line_item')),
        tickets: of(own, 'ticket'),
        feedback: of(own, 'feedback'),
        interactions: of(own, 'call', 'email', 'meeting', 'communication'),
      };
    });
  return {
    facts,
    tickets: all.filter((r): r is Ticket => r.kind === 'ticket'),
    feedback: all.filter((r): r is FeedbackItem => r.kind === 'feedback'),
    contactTruth,
    textTruth,
  };
}
