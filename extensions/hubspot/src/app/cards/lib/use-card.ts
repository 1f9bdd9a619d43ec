/** The card's data and its life: loading, shown, refreshing, failed. */
import { useExtensionActions, useExtensionContext } from '@hubspot/ui-extensions';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type CardPath, fetchCard, type RecordRef, requestRefresh } from './fetch-card.ts';

/** A new score takes seconds: how often, and how far apart, the card looks for it. */
const LOOKS = 5;
const PAUSE_MS = 1000;

/** What every card has. */
export interface AnyCard {
  readonly state: string;
  readonly scoredAt: string | null;
  readonly modelVersion: string | null;
}

export interface CardLife<C extends AnyCard> {
  readonly phase: 'loading' | 'error' | 'shown';
  readonly card: C | null;
  readonly record: RecordRef;
  readonly refreshing: boolean;
  readonly refreshFailed: boolean;
  readonly retry: () => void;
  readonly refresh: () => void;
  /** Looks for what a change has brought about. */
  readonly follow: () => void;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function useCard<C extends AnyCard>(path: CardPath): CardLife<C> {
  const { crm } = useExtensionContext<'crm.record.tab'>();
  const actions = useExtensionActions<'crm.record.tab'>();
  const { objectId, objectTypeId } = crm;
  const record = useMemo(() => ({ objectId, objectTypeId }), [objectId, objectTypeId]);
  const [card, setCard] = useState<C | null>(null);
  const [failed, setFailed] = useState(false);
  const [refreshing, setRefreshing] = useState(false);
  const [refreshFailed, setRefreshFailed] = useState(false);
  /** Only the newest request may speak: an older answer arriving late is dropped. */
  const turn = useRef(0);
  const scoredAt = useRef<string | null>(null);

  const load = useCallback(async (): Promise<C | null> => {
    const mine = ++turn.current;
    const next = await fetchCard<C>(path, record);
    if (mine !== turn.current) return null;
    setCard(next);
    scoredAt.current = next.scoredAt;
    setFailed(false);
    return next;
  }, [path, record]);

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
      await requestRefresh(record);
      await follow();
    } catch {
      setRefreshFailed(true);
    } finally {
      setRefreshing(false);
    }
  }, [record, follow]);

  const phase = card !== null ? 'shown' : failed ? 'error' : 'loading';
  return {
    phase,
    card,
    record,
    refreshing,
    refreshFailed,
    retry: loadOrFail,
    refresh,
    follow: () => void follow().catch(() => undefined),
  };
}
