/** `rapport evaluate <method>`: every method on a user's own exported data. */
import { Command } from 'commander';

/** Each method brings its own subcommand. */
export function evaluateCommand(methods: readonly (() => Command)[], parent: Command): Command {
  const evaluate = new Command('evaluate')
    .copyInheritedSettings(parent)
    .description('try a method on your own exported data (.csv, .jsonl, also .gz)');
  for (const method of methods) evaluate.addCommand(method().copyInheritedSettings(parent));
  return evaluate;
}
