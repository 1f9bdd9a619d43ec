/** The calls of the settings page; the host signs them on their way. */
import { hubspot } from '@hubspot/ui-extensions';
import { ORIGIN } from '../generated/origin.ts';
import type { Differences, PageAnswer, SettingsPage } from '../generated/settings-contract.ts';

const TIMEOUT_MS = 15_000;

export type Act = 'approve' | 'hold' | 'release' | 'undo';

async function call<T>(
  path: string,
  method: 'GET' | 'PUT' | 'POST',
  body?: Readonly<Record<string, unknown>>,
): Promise<T> {
  const response = await hubspot.fetch(`${ORIGIN}/hubspot/${path}`, {
    method,
    timeout: TIMEOUT_MS,
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
  return (await response.json()) as T;
}

export const fetchSettings = () => call<SettingsPage>('settings', 'GET');

/** `change` holds only the parts that are different; see `src/core/settings.ts`. */
export const saveSettings = (change: Readonly<Record<string, unknown>>) =>
  call<PageAnswer>('settings', 'PUT', change);

export const sendAct = (act: Act, body: Readonly<Record<string, unknown>> = {}) =>
  call<PageAnswer>(`settings/writes/${act}`, 'POST', body);

export const fetchDifferences = (before: number | null) =>
  call<Differences>(`settings/writes${before === null ? '' : `?before=${before}`}`, 'GET');
