/** What each host must bring to the receiver. */
import type { IncomingHttpHeaders } from 'node:http';
import type { HostName } from '../src/core/tenant.ts';
import type { Translator } from '../src/ports/translator.ts';
import type { SignedRequest } from './hubspot/verify.ts';

export interface Source {
  /** Whether the headers alone could belong to a signed request; never `false` for a signed one. */
  mayBeSigned(headers: IncomingHttpHeaders, nowMs: number): boolean;
  /** Which of our apps at this host signed a card's request; `null` = nobody we know. */
  verify(request: SignedRequest, nowMs: number): HostName | null;
  /** Which of our apps' deliveries this is; `null` = nobody we know. */
  verifyDelivery(request: SignedRequest, nowMs: number): HostName | null;
  /** Which of our apps signed a workflow's question; `null` = nobody we know. */
  verifyAction(request: SignedRequest, nowMs: number): HostName | null;
  /** Splits a verified body by account. `null` when it is no list of events. Broken single events carry no account. */
  split(
    body: string,
  ): { accounts: Map<string, string>; malformed: { reason: string; body: string }[] } | null;
  readonly translate: Translator;
}
