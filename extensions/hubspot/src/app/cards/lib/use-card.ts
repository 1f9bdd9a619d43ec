/** The card's data and its life: loading, shown, refreshing, failed. */
import { useExtensionActions, useExtensionContext } from '@hubspot/ui-extensions';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ContactCard } from '../generated/card-contract.ts';
import { fetchCard, requestRefresh } from './fetch-card.ts';

/** Properties Rapport writes; when the host reports a change, a newer card is ready. */
const WATCHED = ['rapport_scored_at', 'rapport_best_channel', 'rapport_status'];
const REFRESH_LOOKS = 4;
const REFRESH_PAUSE_MS = 1000;

export interface CardLife {
  readonly phase: 'loading' | 'error' | 'shown';
  readonly card: ContactCard | null;
  readonly refreshing: boolean;
  readonly refreshFailed: boolean;
  readonly retry: () => void;
  readonly refresh: () => void;
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

  const load = useCallback(async (): Promise<ContactCard | null> => {
    const mine = ++turn.current;
    const next = await fetchCard({ objectId, objectTypeId });
    if (mine !== turn.current) return null;
    setCard(next);
    setFailed(false);
    return next;
  }, [objectId, objectTypeId]);

  const loadOrFail = useCallback(() => {
    setFailed(false);
    load().catch(() => setFailed(true));
  }, [load]);

  useEffect(loadOrFail, [loadOrFail]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: subscribe once per record; the host has no unsubscribe
  useEffect(() => {
    actions.onCrmPropertiesUpdate(WATCHED, () => {
      load().catch(() => undefined);
    });
  }, [load]);

  const before = card?.scoredAt ?? null;
  const refresh = useCallback(async () => {
    setRefreshing(true);
    setRefreshFailed(false);
    try {
      await requestRefresh({ objectId, objectTypeId });
      for (let look = 1; look <= REFRESH_LOOKS; look++) {
        const next = await load();
        if (next === null || next.scoredAt !== before || look === REFRESH_LOOKS) break;
        await pause(REFRESH_PAUSE_MS);
      }
    } catch {
      setRefreshFailed(true);
    } finally {
      setRefreshing(false);
    }
  }, [objectId, objectTypeId, load, before]);

  const phase = card !== null ? 'shown' : failed ? 'error' : 'loading';
  return { phase, card, refreshing, refreshFailed, retry: loadOrFail, refresh };
}
