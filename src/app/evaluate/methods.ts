/** The methods of `rapport evaluate`, one subcommand each. */
import type { Command } from 'commander';
import { anovaCommand } from './anova.ts';
import { channelCommand } from './channel.ts';
import { driversCommand } from './drivers.ts';
import { feedbackCommand } from './feedback.ts';
import { offersCommand } from './offers.ts';
import { policyCommand } from './policy.ts';
import { rulesCommand } from './rules.ts';
import { segmentsCommand } from './segments.ts';
import { similarCommand } from './similar.ts';
import { tabularCommand } from './tabular.ts';
import { textCommand } from './text.ts';
import { topicsCommand } from './topics.ts';
import { valueCommand } from './value.ts';

export const METHODS: readonly (() => Command)[] = [
  textCommand,
  feedbackCommand,
  segmentsCommand,
  topicsCommand,
  similarCommand,
  policyCommand,
  rulesCommand,
  offersCommand,
  valueCommand,
  channelCommand,
  anovaCommand,
  driversCommand,
  tabularCommand,
];
