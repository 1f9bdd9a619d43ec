/** What beside the channel advice is compared when a model is challenged: expected purchases, texts, and why groups are not. */
import type { PartVerdict } from '../core/model.ts';
import type { FeedbackItem, Ticket } from '../core/record.ts';
import { DAY_MS } from '../features/facts.ts';
import { factsAsOf } from '../features/facts-as-of.ts';
import { type Past, pastOf } from '../features/past.ts';
import { cohortAt } from '../features/purchase-cohort.ts';
import { poissonDeviance } from '../ml/metrics.ts';
import { splitByTime } from '../ml/split.ts';
import { judgeLosses, SLICE_SHARE, unjudged } from './judge-part.ts';
import { type LossRow, loss } from './paired-loss.ts';
import type { PortalModels } from './portal-models.ts';
import { expectPurchases } from './purchase-model.ts';
import type { SegmentModel } from './segmentation.ts';
import { classifyText } from './text.ts';
import { sentimentLabels, typeLabels, urgencyLabels } from './text-labels.ts';
import { fitTextModels } from './text-models.ts';
import type { TrainingInput } from './train-portal.ts';
import { fitValue, logOf } from './value.ts';

const WEEK_DAYS = 7;

/**
 * Purchases since the champion was trained, or the newest fifth of them: half the Poisson deviance
 * per customer who had bought before, so that the unit is nats as elsewhere.
 */
export function judgeValue(
  { contacts, asOf, rules, seed }: TrainingInput,
  champion: PortalModels,
  challenger: PortalModels,
): PartVerdict {
  const none = unjudged('value');
  if (champion.value === null) return { ...none, outcome: 'nothing_to_lose' };
  if (challenger.value === null) return { ...none, outcome: 'worse' };
  const people = contacts.flatMap((c) => (c.contact.doNotScore ? [] : (factsAsOf(c, asOf) ?? [])));
  const now = people.map((f) => pastOf(f, asOf, rules));
  const cutMs = cutOf(
    now.flatMap((past: Past) => past.purchases.map((p) => p.at.getTime())),
    champion,
  );
  const cut = Math.floor(cutMs / DAY_MS);
  const end = Math.floor(asOf.getTime() / DAY_MS);
  if (end <= cut) return { ...none, outcome: 'cannot_tell' };
  const before = new Date((cut + 1) * DAY_MS - 1);
  const twin = fitValue(
    people.flatMap((f) => {
      const then = factsAsOf(f, before);
      return then === null ? [] : [pastOf(then, before, rules)];
    }),
    before,
    seed,
  );
  if (twin === null) return { ...none, outcome: 'cannot_tell' };
  const log = now.map((past, i) => logOf(past, String(i))).filter(({ days }) => days.length > 0);
  const cohort = cohortAt(log, cut, end, WEEK_DAYS);
  const lossOf = (value: NonNullable<PortalModels['value']>): Float64Array =>
    poissonDeviance(cohort.laterPurchases, expectPurchases(value.purchases, cohort, cohort.ahead));
  const theirs = lossOf(champion.value);
  const ours = lossOf(twin);
  return judgeLosses(
    'value',
    cohort.customers.map((group, i) => ({
      group,
      champion: (theirs[i] ?? 0) / 2,
      challenger: (ours[i] ?? 0) / 2,
    })),
  );
}

/**
 * Labelled messages since the champion was trained, or the newest fifth of them; each question of a
 * message is a row. A model's loss is that of the chance it gave the label; what it left over is
 * shared alike by the other labels.
 */
export function judgeText(
  { tickets, feedback, asOf, seed }: TrainingInput,
  champion: PortalModels,
  challenger: PortalModels,
): PartVerdict {
  const none = unjudged('text');
  if (champion.text === null) return { ...none, outcome: 'nothing_to_lose' };
  if (challenger.text === null) return { ...none, outcome: 'worse' };
  const known = <R extends Ticket | FeedbackItem>(rows: readonly R[]): R[] =>
    rows.filter((r) => r.createdAt <= asOf);
  const labelled = [...known(tickets), ...known(feedback)].filter((r) => questionsOf(r).length > 0);
  if (labelled.length === 0) return { ...none, outcome: 'cannot_tell' };
  const cutMs = cutOf(
    labelled.map((r) => r.createdAt.getTime()),
    champion,
  );
  const isEarly = (r: Ticket | FeedbackItem): boolean => r.createdAt.getTime() < cutMs;
  const late = labelled.filter((r) => !isEarly(r));
  if (late.length === 0) return { ...none, outcome: 'cannot_tell' };
  const twin = fitTextModels(known(tickets).filter(isEarly), known(feedback).filter(isEarly), seed);
  const rows = late.flatMap((record): LossRow[] =>
    questionsOf(record).map(({ question, text, label }) => {
      const lossOf = (models: PortalModels['text']): number => {
        const answer = classifyText(models, { text }, '')[question];
        const others = OTHERS[question];
        if (answer === null) return loss(1 / (others + 1), true);
        const { confidence } = answer;
        return loss(answer.label === label ? confidence : (1 - confidence) / others, true);
      };
      return {
        group: `${record.kind} ${record.id}`,
        champion: lossOf(champion.text),
        challenger: lossOf(twin),
      };
    }),
  );
  return judgeLosses('text', rows);
}

/** Labels of a question but one. */
const OTHERS = { type: 3, sentiment: 4, urgency: 3 } as const;

function questionsOf(
  record: Ticket | FeedbackItem,
): { question: keyof typeof OTHERS; text: string; label: string }[] {
  const tickets = record.kind === 'ticket' ? [record] : [];
  const feedback = record.kind === 'feedback' ? [record] : [];
  return [
    ...typeLabels(tickets, feedback).map((r) => ({ question: 'type' as const, ...r })),
    ...sentimentLabels(feedback).map((r) => ({ question: 'sentiment' as const, ...r })),
    ...urgencyLabels(tickets).map((r) => ({ question: 'urgency' as const, ...r })),
  ];
}

/**
 * Groups foretell nothing that could happen later, so nothing can be compared: k and the groups are
 * chosen by silhouette and stability at each training, and ids follow the people.
 */
export function segmentsVerdict(
  champion: SegmentModel | null,
  challenger: SegmentModel | null,
): PartVerdict {
  return {
    part: 'segments',
    outcome: 'no_contest',
    rows: 0,
    champion: champion?.stability ?? null,
    challenger: challenger?.stability ?? null,
    difference: null,
  };
}

/** Nothing at or after it was seen by the champion. */
const cutOf = (times: readonly number[], champion: PortalModels): number =>
  Math.max(
    times.length === 0 ? 0 : splitByTime(times, SLICE_SHARE).cutMs,
    Date.parse(champion.report.asOf) + 1,
  );
