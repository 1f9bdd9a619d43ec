/** The columns that are watched for drift are the features the models get. */
import { expect, test } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { peopleColumns } from '../../../src/features/drift-fields.ts';
import { DAY_MS } from '../../../src/features/facts.ts';
import { pastOf } from '../../../src/features/past.ts';
import { FEATURES } from '../../../src/features/registry.ts';
import { AT, call, contact, deal, later, ticket } from '../../support/builders.ts';

const ago = (days: number) => later(-days * DAY_MS);

test('a watched feature has the value the registry gives it, on the scale of the models', () => {
  const facts = {
    contact: contact(1, { createdAt: ago(500) }),
    interactions: [
      call(1, 1, { at: ago(30), answered: true }),
      call(2, 1, { at: ago(20), answered: false }),
      call(3, 1, { at: ago(10), direction: 'inbound' }),
    ],
    deals: [deal(1, 1, { createdAt: ago(90), closedAt: ago(60), amount: 250 })],
    lineItems: [],
    tickets: [ticket(1, 1, { createdAt: ago(5) })],
    feedback: [],
  };
  const past = pastOf(facts, AT, DEFAULT_REACH_RULES);
  const watched = peopleColumns([facts], DEFAULT_REACH_RULES, AT).flatMap(({ field, values }) => {
    const feature = FEATURES.find(({ name }) => name === field);
    return feature === undefined ? [] : [{ field, values, told: feature.of(past) }];
  });
  expect(watched.map(({ told }) => told)).toEqual([1, 250, 2, 2, 1]);
  for (const { field, values, told } of watched)
    expect(values, field).toEqual([told === null ? null : Math.log1p(told)]);
});
