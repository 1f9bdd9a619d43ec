/** The card's data and its life: loading, shown, refreshing, failed. */
import { useExtensionActions, useExtensionContext } from '@hubspot/ui-extensions';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CardFeedback, ContactCard } from '../generated/card-contract.ts';
import { fetchCard, requestRefresh, sendCorrection } from './fetch-card.ts';

/** A new score takes seconds: how often, and how far apart, the card looks for it. */
const LOOKS = 5;
const PAUSE_MS = 1000;

export interface CardLife {
  readonly phase: 'loading' | 'error' | 'shown';
  readonly card: ContactCard | null;
  readonly refreshing: boolean;
  readonly refreshFailed: boolean;
  readonly retry: () => void;
  readonly refresh: () => void;
  /** Rejects when the correction could not be saved; the card follows it by itself. */
  readonly correct: (item: CardFeedback, label: string) => Promise<void>;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function useCard(): CardLife {
  const { crm } = useExtensionContext<'crm.record.tab'>();
  const actions = useExtensionActions<'crm.record.tab'>();
  const { objectId, objectTypeId } = crm;
  const [card, setCard] = useState<ContactCard | null>(null);
  const [failed, setFailed] = useState(false);
  const [refreshing, setRefreshing] = useState(false);
  const [refreshFailed, setRefreshFailed] = useState(false);
  /** Only the newest request may speak: an older answer arriving late is dropped. */
  const turn = useRef(0);
  const scoredAt = useRef<string | null>(null);

  const load = useCallback(async (): Promise<ContactCard | null> => {
    const mine = ++turn.current;
    const next = await fetchCard({ objectId, objectTypeId });
    if (mine !== turn.current) return null;
    setCard(next);
    scoredAt.current = next.scoredAt;
    setFailed(false);
    return next;
  }, [objectId, objectTypeId]);

  const loadOrFail = useCallback(() => {
    setFailed(false);
    load().catch(() => setFailed(true));
  }, [load]);

  useEffect(loadOrFail, [loadOrFail]);
  /** Looks until a newer score is there, or until it has looked often enough. */
  const follow = useCallback(async () => {
    const before = scoredAt.current;
    for (let look = 1; look <= LOOKS; look++) {
      const next = await load();
      if (next === null || next.scoredAt !== before || look === LOOKS) return;
      await pause(PAUSE_MS);
    }
  }, [load]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: subscribe once per record; the host has no unsubscribe
  useEffect(() => {
    actions.onCrmPropertiesUpdate('*', () => {
      follow().catch(() => undefined);
    });
  }, [follow]);

  const refresh = useCallback(async () => {
    setRefreshing(true);
    setRefreshFailed(false);
    try {
      await requestRefresh({ objectId, objectTypeId });
      await follow();
    } catch {
      setRefreshFailed(true);
    } finally {
      setRefreshing(false);
    }
  }, [objectId, objectTypeId, follow]);

  const correct = useCallback(
    async (item: CardFeedback, label: string) => {
      await sendCorrection({ objectId, objectTypeId }, item, label);
      follow().catch(() => undefined);
    },
    [objectId, objectTypeId, follow],
  );

  const phase = card !== null ? 'shown' : failed ? 'error' : 'loading';
  return { phase, card, refreshing, refreshFailed, retry: loadOrFail, refresh, correct };
}
