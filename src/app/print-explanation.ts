/** The whole advice on one record as lines for the terminal. */
import { DateTime } from 'luxon';
import type {
  ChannelChance,
  CompanyScore,
  ContactScore,
  DealScore,
  Reason,
  ScoreStatus,
} from '../core/score.ts';
import { type ContactExplanation, type Explanation, wordKey } from '../flows/explain-record.ts';
import { logit } from '../ml/linear/logistic-regression.ts';

/** What a status means for whoever reads the advice. */
const STATUS: Readonly<Record<ScoreStatus, string>> = {
  ready: 'enough is known to act on it',
  learning: 'not enough is known yet; the best guess is below',
  no_data: 'nothing is recorded that a score could rest on',
  consent_blocked: 'no channel is allowed',
  excluded: 'marked do-not-score; nothing is computed',
  holdout: 'held out this month: reps see no advice; this is what would have been advised',
  unsupported_language: 'written in a language that is not read',
  error: 'the last scoring failed',
};

const BLOCKS: Readonly<Record<string, string>> = {
  consent_denied: 'the contact said no',
  consent_missing: 'no consent is recorded, and this channel needs one',
  no_address: 'no address for it is known',
  touch_cap: 'touched as often this week as the rules allow',
  quiet_hours: 'no open hour in the next three weeks',
};

const OFFER_BLOCKS: Readonly<Record<string, string>> = {
  open_problem: 'not now, a problem is open',
  no_consent: 'not now, no channel is allowed',
};

export function printContact(told: ContactExplanation): string {
  const { score } = told;
  const { reach } = score;
  const lines = heading(told);
  reach?.ranked.forEach((c, i) => {
    lines.push(...(i === 0 ? ['', ...best(told, c)] : [chanceLine(c)]));
  });
  if (reach === null && score.status !== 'excluded')
    lines.push('', '  no channel can be recommended: too few touches in this account');
  if (reach?.choice?.explored) lines.push('  tried first to keep learning, not because it is best');
  if (reach !== null && reach.nextContactAt !== null)
    lines.push('', `  ${pad('next good hour')}${slot(reach)}`);
  if (reach !== null) lines.push(`  ${pad('touches, 7 days')}${reach.touches7d}`);
  for (const { channel, code } of reach?.blocked ?? [])
    lines.push(`  ${pad('blocked')}${channel}: ${BLOCKS[code] ?? code}`);
  return [...lines, ...changes(told), ...who(told), ...offerLines(score)].join('\n');
}

export function printDeal(told: Explanation<DealScore>): string {
  const { win, silentDays, stalledAfterDays, stalled, nextTouch, expectedValue } = told.score;
  const lines = heading(told);
  if (win === null) lines.push('', '  win chance unknown: no deal was closed yet');
  else {
    lines.push(
      '',
      `  win chance ${percent(win.chance)} (${percent(win.low)} to ${percent(win.high)}), ${win.band}; usual ${percent(win.usual)}, ${win.won} won and ${win.lost} lost`,
    );
    if (win.better === false) lines.push('  not better than the usual rate on later deals');
    lines.push(...sum(told, 'usual deal', win.base, win.reasons, win.chance));
  }
  if (silentDays !== null)
    lines.push(
      '',
      `  ${pad('silent')}${silentDays.toFixed(0)} days${stalledAfterDays === null ? '' : `; nine of ten won deals never were for longer than ${stalledAfterDays.toFixed(0)}`}${stalled ? ': stalled' : ''}`,
    );
  lines.push(
    `  ${pad('next touch')}${nextTouch === null ? 'nobody on the deal may be reached' : `contact ${nextTouch.contactId} by ${nextTouch.channel}, ${percent(nextTouch.chance)} likely to answer`}`,
    `  ${pad('expected value')}${expectedValue === null ? 'unknown' : money(expectedValue, told.currency)}`,
  );
  return lines.join('\n');
}

export function printCompany(told: Explanation<CompanyScore>): string {
  const s = told.score;
  const row = (name: string, value: string | null): string[] =>
    value === null ? [] : [`  ${pad(name)}${value}`];
  return [
    ...heading(told),
    '',
    ...(s.health === null
      ? ['  health unknown: nothing is recorded of its people']
      : [
          `  health ${s.health.band.replace('_', ' ')}, ${signed(s.health.total, 0)} points`,
          ...s.health.reasons.map((r) => `    ${signed(r.effect, 0)}  ${sentence(told, r)}`),
        ]),
    '',
    ...row('people', String(s.people)),
    ...row('engaged, 90 days', s.engaged90d === null ? null : String(s.engaged90d)),
    ...row('single thread', s.singleThreaded ? 'yes: only one person answers' : null),
    ...row(
      'value, 12 months',
      s.value12m === null
        ? 'unknown'
        : `${money(s.value12m.expected, told.currency)} (${money(s.value12m.low, '')} to ${money(s.value12m.high, '')})`,
    ),
    ...row(
      'churn risk',
      s.churn == null
        ? 'unknown'
        : `${s.churn.band}: contact ${s.churn.contactId}, one of ${s.churn.of} who carry half of the value`,
    ),
    ...row(
      'best contact',
      s.bestContact === null
        ? null
        : `${s.bestContact.id} by ${s.bestContact.channel}, ${percent(s.bestContact.chance)} likely to answer`,
    ),
    ...row('mood, 90 days', s.sentiment90d),
    ...row(
      'top issue',
      s.topIssue === null
        ? null
        : `${s.topIssue.category}, ${s.topIssue.cases} ${s.topIssue.cases === 1 ? 'case' : 'cases'}`,
    ),
    ...row('next offer', s.nextOffer == null ? null : `${s.nextOffer.name} (${s.nextOffer.sku})`),
  ].join('\n');
}

const heading = (told: Explanation<{ readonly status: ScoreStatus }>): string[] => [
  `${told.name.trim() || 'no name'} (${told.kind} ${told.id}): ${told.score.status}, ${STATUS[told.score.status]}`,
  `  scored ${told.scoredAt} by ${told.modelVersion}`,
];

const sentence = (told: Explanation<unknown>, reason: Reason, channel?: string): string =>
  told.words[wordKey(reason, channel)] ?? reason.code;

const best = (told: ContactExplanation, c: ChannelChance): string[] => [
  chanceLine(c),
  ...sum(told, 'usual contact on this channel', c.base, c.reasons, c.chance, c.channel),
];

/** A sum on the log-odds scale, to the last digit that can be read. */
function sum(
  told: Explanation<unknown>,
  start: string,
  base: number,
  reasons: readonly Reason[],
  chance: number,
  channel?: string,
): string[] {
  const total = reasons.reduce((all, r) => all + r.effect, base);
  return [
    `    ${signed(base)}  ${start}`,
    ...reasons.map((r) => `    ${signed(r.effect)}  ${sentence(told, r, channel)}`),
    `    ${signed(total)}  = log-odds of ${percent(chance)} (${signed(logit(chance))})`,
  ];
}

const chanceLine = (c: ChannelChance): string =>
  `  ${c.channel}, ${c.dayPart}: ${percent(c.chance)} (${percent(c.low)} to ${percent(c.high)}), usual ${percent(c.usual)}; evidence ${c.evidence}, ${c.tried === 0 ? 'never tried' : `answered ${c.answered} of ${c.tried}`}`;

/** On the contact's own clock. */
function slot({
  nextContactAt,
  nextContactUntil,
  timeZone,
}: NonNullable<ContactScore['reach']>): string {
  const local = (at: string | null): DateTime => DateTime.fromISO(at ?? '', { zone: timeZone });
  return `${local(nextContactAt).toFormat('cccc d LLL, HH:mm')} to ${local(nextContactUntil).toFormat('HH:mm')} (${timeZone})`;
}

function changes({ whatIf }: ContactExplanation): string[] {
  if (whatIf.length === 0) return [];
  return [
    '',
    '  What would change it',
    ...whatIf.map((w) => {
      const what =
        w.code === 'allowed'
          ? `if ${w.channel} were allowed`
          : `after one more ${w.code === 'answered_once' ? 'answered' : 'unanswered'} touch by ${w.channel}`;
      return `    ${what}: ${percent(w.chance)}${w.now === null ? '' : ` (now ${percent(w.now)})`}`;
    }),
  ];
}

/** Segment, value, risk and voice; what is unknown says so. */
function who(told: ContactExplanation): string[] {
  const { segment, value, risk, voice, status } = told.score;
  if (status === 'excluded') return [];
  const named = told.segmentName === null ? '' : `${told.segmentName}, `;
  return [
    '',
    `  ${pad('segment')}${segment === null ? 'unknown' : `${segment.id} (${named}${segment.code.replaceAll('+', ', ').replaceAll('_', ' ')})${segment.runnerUp === null ? '' : `; next would be ${segment.runnerUp}`}`}`,
    `  ${pad('value, 12 months')}${value === null ? 'unknown' : `${money(value.expected12m, told.currency)} (${money(value.low, '')} to ${money(value.high, '')}), ${value.band}`}`,
    ...(value?.reasons ?? []).map(
      (r) => `    ${money(r.effect, '').padStart(10)}  ${sentence(told, r)}`,
    ),
    `  ${pad('churn')}${
      risk === null
        ? 'unknown: nothing was bought yet'
        : `${percent(risk.chance)} within ${risk.days} days, ${risk.band}; usual ${percent(risk.usual)}${risk.before?.churnChance == null ? '' : `, ${percent(risk.before.churnChance)} at the end of ${risk.before.month}`}`
    }`,
    ...(risk?.reasons ?? [])
      .slice(0, 3)
      .map((r) => `    ${signed(r.effect)}  ${sentence(told, r)}`),
    `  ${pad('voice, 90 days')}${voice === null || voice.sentiment90d === null ? 'unknown' : `${voice.sentiment90d}, ${voice.messages90d} messages`}${voice === null ? '' : `; ${voice.openFeedback} open`}`,
  ];
}

function offerLines({ offer, status }: ContactScore): string[] {
  if (status === 'excluded') return [];
  if (offer === null) return [`  ${pad('next offer')}none known`];
  const because = offer.because === null ? '' : ` after ${offer.because.name}`;
  return [
    `  ${pad('next offer')}${offer.name} (${offer.sku}): bought by ${percent(offer.chance)}${because}, usually ${percent(offer.usual)}; n = ${offer.n}${offer.blocked === null ? '' : `; ${OFFER_BLOCKS[offer.blocked]}`}`,
  ];
}

const WIDTH = 18;
const pad = (name: string): string => name.padEnd(WIDTH);
const percent = (p: number): string => `${(100 * p).toFixed(1)} %`;
const signed = (x: number, digits = 4): string =>
  `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(digits)}`;
const money = (amount: number, currency: string): string =>
  `${amount < 0 ? '−' : ''}${Math.abs(amount).toFixed(0)}${currency === '' ? '' : ` ${currency}`}`;
