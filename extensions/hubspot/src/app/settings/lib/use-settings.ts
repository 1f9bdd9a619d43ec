/** The page's data and what the reader does with it: load, save, decide. */
import { useCallback, useEffect, useState } from 'react';
import type { PageAnswer, SettingsPage } from '../generated/settings-contract.ts';
import { type Act, fetchSettings, saveSettings, sendAct } from './fetch-settings.ts';

export type Problem = Extract<PageAnswer, { readonly ok: false }>['problems'][number];

/** What the last order came to; `what` is `save` or the act. */
export interface Outcome {
  readonly what: 'save' | Act;
  readonly ok: boolean;
  readonly reason: 'invalid' | 'no_access' | 'not_connected' | 'transport' | null;
  readonly count: number | null;
}

export interface SettingsLife {
  readonly phase: 'loading' | 'error' | 'shown';
  readonly page: SettingsPage | null;
  /** Raised by every answer that changed the page, so that the form starts from it again. */
  readonly edition: number;
  readonly busy: 'save' | Act | null;
  readonly outcome: Outcome | null;
  readonly problems: readonly Problem[];
  readonly retry: () => void;
  readonly save: (change: Readonly<Record<string, unknown>>) => void;
  readonly act: (act: Act, body?: Readonly<Record<string, unknown>>) => void;
}

export function useSettings(): SettingsLife {
  const [page, setPage] = useState<SettingsPage | null>(null);
  const [edition, setEdition] = useState(0);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState<SettingsLife['busy']>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problems, setProblems] = useState<readonly Problem[]>([]);

  const load = useCallback(() => {
    setFailed(false);
    fetchSettings().then(setPage, () => setFailed(true));
  }, []);
  useEffect(load, [load]);

  const order = useCallback(async (what: 'save' | Act, sent: Promise<PageAnswer>) => {
    setBusy(what);
    setOutcome(null);
    setProblems([]);
    try {
      const answer = await sent;
      if (answer.ok) {
        setPage(answer.page);
        setEdition((n) => n + 1);
        setOutcome({ what, ok: true, reason: null, count: answer.count });
      } else {
        setProblems(answer.problems);
        setOutcome({ what, ok: false, reason: answer.reason, count: null });
      }
    } catch {
      setOutcome({ what, ok: false, reason: 'transport', count: null });
    } finally {
      setBusy(null);
    }
  }, []);

  return {
    phase: page !== null ? 'shown' : failed ? 'error' : 'loading',
    page,
    edition,
    busy,
    outcome,
    problems,
    retry: load,
    save: (change) => void order('save', saveSettings(change)),
    act: (act, body) => void order(act, sendAct(act, body)),
  };
}
