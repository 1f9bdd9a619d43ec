/** The held-out figures of a model, one line per part, each beside its baseline. */
import type { ModelReport } from '../models/portal-models.ts';

const figure = (value: number | null | undefined): string =>
  value == null ? 'unknown' : value.toFixed(3);
const against = (logLoss: number, baseline: number): string =>
  `log-loss ${figure(logLoss)}, baseline ${figure(baseline)}${logLoss < baseline ? '' : ': not better than the baseline'}`;
const TOO_LITTLE = 'too little data to judge';

/** Reports of former versions lack parts; those are left out. */
export function reportLines(report: Partial<ModelReport>): string[] {
  const { channel, churn, deals, purchases, offers, segments } = report;
  const line = (name: string, text: string | undefined): string[] =>
    text === undefined ? [] : [`    ${name.padEnd(10)}${text}`];
  return [
    ...line(
      'channel',
      channel === undefined
        ? undefined
        : channel === null
          ? TOO_LITTLE
          : `${against(channel.model.logLoss, channel.baseline.logLoss)}, AUC ${figure(channel.model.auc)}, calibration error ${figure(channel.model.ece)}, n = ${channel.test} later touches`,
    ),
    ...line(
      'churn',
      churn === undefined
        ? undefined
        : churn === null
          ? TOO_LITTLE
          : `${against(churn.logLoss, churn.baselineLogLoss)}, AUC ${figure(churn.auc)}, calibration error ${figure(churn.ece)}, n = ${churn.customers} customers`,
    ),
    ...line(
      'deals',
      deals === undefined
        ? undefined
        : deals?.test == null
          ? TOO_LITTLE
          : `${against(deals.test.logLoss, deals.test.baselineLogLoss)}, AUC ${figure(deals.test.auc)}, calibration error ${figure(deals.test.ece)}, n = ${deals.test.deals} later deals; ${deals.test.verdict === 'not_better' ? 'not better than the usual rate' : 'better than the usual rate'}${deals.test.boosting === undefined ? '' : `; boosted trees ${figure(deals.test.boosting.logLoss)}`}`,
    ),
    ...line(
      'value',
      purchases === undefined
        ? undefined
        : purchases === null
          ? TOO_LITTLE
          : `${purchases.winner}: ${purchases.entrants.map((e) => `${e.kind} deviance ${figure(e.deviance)}`).join(', ')}, n = ${purchases.customers} customers`,
    ),
    ...line(
      'offers',
      offers === undefined
        ? undefined
        : offers?.heldOut == null
          ? TOO_LITTLE
          : `hit rate at 5 ${figure(offers.heldOut.rules)}, popularity ${figure(offers.heldOut.popularity)}, n = ${offers.heldOut.n}${offers.heldOut.low > 0 ? '' : ': not better than popularity'}`,
    ),
    ...line(
      'segments',
      segments === undefined
        ? undefined
        : segments.length === 0
          ? TOO_LITTLE
          : `${segments.length} counts tried; no outcome to be judged by, chosen by stability`,
    ),
    ...(['type', 'sentiment', 'urgency'] as const).flatMap((name) => {
      const text = report[name];
      if (text === undefined) return [];
      return line(
        name,
        text === null
          ? 'the built-in model answers: too few labels of your own'
          : `accuracy ${figure(text.accuracy)}, baseline ${figure(text.baselineAccuracy)}, n = ${text.n}${text.gain[0] > 0 ? '' : '; the built-in model answers: not beaten yet'}`,
      );
    }),
  ];
}
