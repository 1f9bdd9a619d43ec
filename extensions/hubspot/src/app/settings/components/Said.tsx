/** What the last order came to, in words. */
import { Alert } from '@hubspot/ui-extensions';
import type { Outcome, SettingsLife } from '../lib/use-settings.ts';
import type { PageWords } from '../SettingsPage.tsx';

interface Props {
  readonly life: SettingsLife;
  /** Orders this place speaks of. */
  readonly only: readonly Outcome['what'][];
  readonly words: PageWords;
}

export function Said({ life: { outcome }, only, words }: Props) {
  if (outcome === null || !only.includes(outcome.what)) return null;
  const { t, count } = words;
  if (outcome.ok)
    return (
      <Alert
        variant="success"
        title={t(`done.${outcome.what}`, { n: count(outcome.count ?? 0) })}
        testId="said"
      />
    );
  const why =
    outcome.reason === 'no_access'
      ? 'failed.no_access'
      : outcome.reason === 'invalid'
        ? 'failed.save'
        : 'failed.act';
  return <Alert variant="error" title={t(why)} testId="said" />;
}
