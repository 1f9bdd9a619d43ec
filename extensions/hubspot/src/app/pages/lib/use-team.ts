/** Today's list: loading, shown, failed. */
import { hubspot } from '@hubspot/ui-extensions';
import { useCallback, useEffect, useState } from 'react';
import { ORIGIN } from '../generated/origin.ts';
import type { TeamPage } from '../generated/team-contract.ts';

const TIMEOUT_MS = 8000;

export interface TeamLife {
  readonly page: TeamPage | null;
  readonly failed: boolean;
  readonly retry: () => void;
}

async function fetchTeam(): Promise<TeamPage> {
  const response = await hubspot.fetch(`${ORIGIN}/hubspot/team`, {
    method: 'GET',
    timeout: TIMEOUT_MS,
  });
  if (!response.ok) throw new Error(`GET team answered ${response.status}`);
  return (await response.json()) as TeamPage;
}

export function useTeam(): TeamLife {
  const [page, setPage] = useState<TeamPage | null>(null);
  const [failed, setFailed] = useState(false);
  const load = useCallback(() => {
    setFailed(false);
    fetchTeam().then(setPage, () => setFailed(true));
  }, []);
  useEffect(load, [load]);
  return { page, failed, retry: load };
}
