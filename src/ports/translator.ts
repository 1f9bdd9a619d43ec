/** How a host's delivery becomes events; the edge that knows the host's words brings it. */
import type { InboundEvent } from '../core/event.ts';

export interface Translation {
  readonly events: readonly InboundEvent[];
  /** Events that could not be read, each with its reason and its own JSON. */
  readonly malformed: readonly { reason: string; body: string }[];
  /** Events that are well formed and of no interest, by subscription type. */
  readonly ignored: Readonly<Record<string, number>>;
}

/** `body` is a JSON array that was accepted at `receivedAt`. Never throws. */
export type Translator = (body: string, receivedAt: Date) => Translation;
