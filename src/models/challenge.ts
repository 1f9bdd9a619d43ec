/** Champion against challenger on the newest time slice, and the rule by which one replaces the other. */
import type { PartVerdict, TrainingCause, Verdict } from '../core/model.ts';
import { tally, touches } from '../features/channel-history.ts';
import { dealsOf } from '../features/deal.ts';
import { factsAsOf } from '../features/facts-as-of.ts';
import { splitByTime } from '../ml/split.ts';
import { judgeText, judgeValue, segmentsVerdict } from './challenge-parts.ts';
import { observables } from './channel-design.ts';
import { fitChannelModel } from './channel-fit.ts';
import { foresee } from './channel-report.ts';
import { chanceOf, fitLooks, looksAt, MIN_OUTCOMES } from './deal-fit.ts';
import type { DealModel } from './deal-model.ts';
import { judge, SLICE_SHARE, unjudged } from './judge-part.ts';
import type { PairedRow } from './paired-loss.ts';
import type { PortalModels } from './portal-models.ts';
import type { TrainingInput } from './train-portal.ts';

/**
 * The slice is the newest fifth of the settled touches, or what came after the champion was
 * trained, whichever is shorter: nothing in it was seen by the champion. The challenger is judged
 * by its twin, fitted by the same recipe on what came before the slice; the one promoted is then
 * fitted on everything. Both know the contact's own touches before the slice, as in use.
 */
export function challenge(
  input: TrainingInput,
  champion: PortalModels,
  challenger: PortalModels,
  cause: TrainingCause,
): Verdict {
  if (champion.version === challenger.version)
    return {
      promoted: false,
      reason: 'same',
      cause,
      against: champion.version,
      cutAt: null,
      parts: [],
    };
  const reach = judgeReach(input, champion, challenger);
  const deals = judgeDeals(input, champion.deals, challenger.deals, champion.report.asOf);
  const others = [
    deals,
    judgeValue(input, champion, challenger),
    judgeText(input, champion, challenger),
    segmentsVerdict(champion.segments, challenger.segments),
  ];
  return decide([reach.part, ...others], champion.version, reach.cutAt, cause);
}

/**
 * The first part decides: it must not be worse, and must be told. The others can only object, by
 * being worse: they have too few rows in a slice to be told each time.
 */
export function decide(
  parts: readonly PartVerdict[],
  against: string,
  cutAt: string | null,
  cause: TrainingCause,
): Verdict {
  const own = parts[0]?.outcome ?? 'cannot_tell';
  const reason = parts.some((p) => p.outcome === 'worse') ? 'worse' : own;
  const promoted = reason !== 'worse' && reason !== 'cannot_tell';
  return { promoted, reason, cause, against, cutAt, parts };
}

function judgeReach(
  { contacts, rules, asOf, seed }: TrainingInput,
  champion: PortalModels,
  challenger: PortalModels,
): { part: PartVerdict; cutAt: string | null } {
  const part = 'reach';
  const none = unjudged(part);
  if (champion.channel === null || champion.channel.kind === 'rates')
    return { part: { ...none, outcome: 'nothing_to_lose' }, cutAt: null };
  if (challenger.channel === null || challenger.channel.kind === 'rates')
    return { part: { ...none, outcome: 'worse' }, cutAt: null };
  const histories = contacts.flatMap((c) => {
    const facts = factsAsOf(c, asOf);
    return facts === null || facts.contact.doNotScore
      ? []
      : [{ facts, touches: touches(facts, asOf, rules).filter((t) => t.settled) }];
  });
  const times = histories.flatMap((h) => h.touches.map((t) => t.at.getTime()));
  const cutMs = Math.max(
    splitByTime(times, SLICE_SHARE).cutMs,
    Date.parse(champion.report.asOf) + 1,
  );
  const before = histories.map(({ facts, touches }) => ({
    observed: observables(facts.contact),
    tallies: tally(touches.filter((t) => t.at.getTime() < cutMs)),
  }));
  const cutAt = new Date(cutMs).toISOString();
  const twin = fitChannelModel(before, seed, champion.channel);
  if (twin === null || twin.kind === 'rates')
    return { part: { ...none, outcome: 'cannot_tell' }, cutAt };
  const theirs = foresee(champion.channel, histories, before, cutMs);
  const ours = foresee(twin, histories, before, cutMs);
  const known = new Map(ours.map((row) => [row.key, row.chance]));
  const rows = theirs.flatMap((row): PairedRow[] => {
    const chance = known.get(row.key);
    return chance === undefined
      ? []
      : [
          {
            group: row.contact,
            outcome: row.answered,
            champion: row.chance,
            challenger: chance,
          },
        ];
  });
  return { part: judge(part, rows), cutAt };
}

/** Deals closed since the champion was trained, or the newest fifth of them. */
function judgeDeals(
  { contacts, asOf, seed }: TrainingInput,
  champion: DealModel | null,
  challenger: DealModel | null,
  trainedAsOf: string,
): PartVerdict {
  const none = unjudged('deals');
  if (champion === null || champion.kind === 'rate') return { ...none, outcome: 'nothing_to_lose' };
  if (challenger === null || challenger.kind === 'rate') return { ...none, outcome: 'worse' };
  const people = contacts.flatMap((c) => (c.contact.doNotScore ? [] : (factsAsOf(c, asOf) ?? [])));
  const looks = looksAt(dealsOf(people), asOf, seed);
  const times = looks.map((l) => l.closedMs);
  const cutMs = Math.max(splitByTime(times, SLICE_SHARE).cutMs, Date.parse(trainedAsOf) + 1);
  const before = looks.filter((l) => l.closedMs < cutMs);
  const won = new Set(before.filter((l) => l.won).map((l) => l.deal)).size;
  const lost = new Set(before.filter((l) => !l.won).map((l) => l.deal)).size;
  if (Math.min(won, lost) < MIN_OUTCOMES) return { ...none, outcome: 'cannot_tell' };
  const twin = fitLooks(before, challenger.l2);
  return judge(
    'deals',
    looks
      .filter((l) => l.closedMs >= cutMs)
      .map((l) => ({
        group: l.deal,
        outcome: l.won,
        champion: chanceOf(champion, l.row),
        challenger: chanceOf(twin, l.row),
      })),
  );
}
