/** The training query: what a model was trained from, and the hashes that prove it is still there. */
import { createHash } from 'node:crypto';
import type { TrainingQuery } from '../core/model.ts';
import { RECIPE } from './portal-models.ts';
import type { TrainingInput } from './train-portal.ts';

const FILTERS = ['do_not_score'] as const;

export function trainingQuery(input: TrainingInput): TrainingQuery {
  const { rules, seed } = input;
  return {
    asOf: input.asOf.toISOString(),
    seed,
    rules,
    filters: FILTERS,
    settingsHash: sha(JSON.stringify([RECIPE, FILTERS, rules, input.topics ?? []])),
    factsHash: factsHash(input),
  };
}

/** Over every record, in the order given; without what no model reads and the CRM keeps touching. */
function factsHash({ contacts, tickets, feedback }: TrainingInput): string {
  const hash = createHash('sha256');
  for (const part of [contacts, tickets, feedback])
    for (const record of part) hash.update(`${JSON.stringify(record, unread)}\n`);
  return hash.digest('hex');
}

const unread = (key: string, value: unknown): unknown =>
  key === 'updatedAt' || key === 'open' ? undefined : value;

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
