/** How many records one call holds: fewer while call after call is refused, more again as they are taken. */

/** HubSpot takes no more in one batch. */
const MOST = 100;
/** Enough to judge a batch whose every record is bad. */
const REFUSED_IN_A_ROW = 150;

export interface CallSize {
  /** 1 to 100. */
  readonly records: number;
  /** The account refuses whatever it is sent: nothing more is sent by this session. */
  readonly isSpent: boolean;
  /** A batch was taken, or refused; `call` is any call, `batch` one that began with fresh records. */
  taken(what: 'batch' | 'call'): void;
  refused(what: 'batch' | 'call'): void;
}

/**
 * The size halves with each batch that is refused right after another and doubles with each that is
 * taken: a single bad record leaves it as it is, a batch of nothing but bad ones soon goes singly.
 */
export function createCallSize(): CallSize {
  let records = MOST;
  let calls = 0;
  let batches = 0;
  return {
    get records() {
      return records;
    },
    get isSpent() {
      return calls >= REFUSED_IN_A_ROW;
    },
    taken(what) {
      calls = 0;
      if (what === 'call') return;
      batches = 0;
      records = Math.min(MOST, records * 2);
    },
    refused(what) {
      calls += 1;
      if (what === 'call') return;
      batches += 1;
      if (batches > 1) records = Math.max(1, records >> 1);
    },
  };
}
