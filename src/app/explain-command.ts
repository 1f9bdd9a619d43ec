/** `rapport explain`: the whole advice on one contact, in the terminal. */
import { Command } from 'commander';
import type { ChannelChance } from '../core/score.ts';
import { type ContactExplanation, explainContact, wordKey } from '../flows/explain-record.ts';
import { oneTenant } from '../flows/one-tenant.ts';
import { logit } from '../ml/linear/logistic-regression.ts';
import { ask } from './ask.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;

export function explainCommand(config: () => Config, once: Once): Command {
  return new Command('explain')
    .description(
      'the whole advice on one contact: every contribution, what is blocked, what would change it',
    )
    .argument('<contact>', 'record id')
    .option('--tenant <id>', 'account, where several are connected')
    .option('--json', 'print one JSON object')
    .action((id: string, { json, tenant }: { json?: boolean; tenant?: string }) =>
      once(async (closers) => {
        const query = tenant === undefined ? '' : `?${new URLSearchParams({ tenant })}`;
        const path = `/api/contacts/${encodeURIComponent(id)}${query}`;
        const answer = await ask(config(), closers, { path }, async (ctx) =>
          explainContact(await oneTenant(ctx, tenant), id),
        );
        console.log(json ? JSON.stringify(answer) : printExplanation(answer));
      }),
    );
}

const BLOCKS: Readonly<Record<string, string>> = {
  consent_denied: 'the contact said no',
  consent_missing: 'no consent is recorded, and this channel needs one',
  no_address: 'no address for it is known',
  touch_cap: 'touched as often this week as the rules allow',
};

export function printExplanation(told: ContactExplanation): string {
  const { score } = told;
  const { reach, value, segment } = score;
  const lines = [
    `${told.name} (${told.id}): ${score.status}`,
    `  scored ${told.scoredAt} by ${told.modelVersion}`,
  ];
  reach?.ranked.forEach((c, i) => {
    lines.push('', ...(i === 0 ? best(told, c) : [oneLine(c)]));
  });
  if (reach !== null && reach.nextContactAt !== null)
    lines.push(
      '',
      `  next good hour  ${reach.nextContactAt} to ${reach.nextContactUntil} (${reach.timeZone})`,
    );
  for (const { channel, code } of reach?.blocked ?? [])
    lines.push(`  blocked         ${channel}: ${BLOCKS[code] ?? code}`);
  if (told.whatIf.length > 0) lines.push('', '  What would change it');
  for (const w of told.whatIf) {
    const what =
      w.code === 'allowed'
        ? `if ${w.channel} were allowed`
        : `after one more ${w.code === 'answered_once' ? 'answered' : 'unanswered'} touch by ${w.channel}`;
    lines.push(
      `    ${what}: ${percent(w.chance)}${w.now === null ? '' : ` (now ${percent(w.now)})`}`,
    );
  }
  if (segment !== null) lines.push('', `  segment ${segment.id} (${segment.code})`);
  if (value !== null)
    lines.push(
      `  value of 12 months ${value.expected12m.toFixed(2)} (${value.low.toFixed(2)} to ${value.high.toFixed(2)}), ${value.band}`,
    );
  return lines.join('\n');
}

/** The best channel with its sum on the log-odds scale, to the last digit that can be read. */
function best(told: ContactExplanation, c: ChannelChance): string[] {
  const rows: [string, number][] = [
    ['usual contact on this channel', c.base],
    ...c.reasons.map((r): [string, number] => [
      told.words[wordKey(r, c.channel)] ?? r.code,
      r.effect,
    ]),
  ];
  const total = c.reasons.reduce((sum, r) => sum + r.effect, c.base);
  return [
    oneLine(c),
    ...rows.map(([what, effect]) => `    ${signed(effect)}  ${what}`),
    `    ${signed(total)}  = log-odds of ${percent(c.chance)} (${signed(logit(c.chance))})`,
  ];
}

const oneLine = (c: ChannelChance): string =>
  `  ${c.channel}, ${c.dayPart}: ${percent(c.chance)} (${percent(c.low)} to ${percent(c.high)}), usual ${percent(c.usual)}; evidence ${c.evidence}, answered ${c.answered} of ${c.tried}`;

const percent = (p: number): string => `${(100 * p).toFixed(1)} %`;
const signed = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(4)}`;
