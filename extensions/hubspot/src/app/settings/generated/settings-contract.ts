// Copied from src/core/settings-page.ts by `npm run manifest`; do not edit.
/** What the settings page inside the CRM shows and says: codes, numbers and ISO times. The contract with extensions/. */

/** Three states arrive with status 200, because the host's proxy hides the body of any other. */
export interface SettingsPage {
  readonly state: 'ready' | 'not_connected';
  /** Whether the person who asks may change anything; seeing is free. */
  readonly mayChange: boolean;
  readonly account: {
    readonly name: string;
    readonly accountId: string;
    readonly state: string;
    readonly currency: string;
    readonly timeZone: string;
    readonly lastEventAt: string | null;
    /** As the CRM or Rapport put it, in English. */
    readonly lastError: string | null;
  } | null;
  /** What an admin has to know or do, the oldest first. */
  readonly notices: readonly {
    readonly code: string;
    /** The scopes or properties concerned. */
    readonly details: readonly string[];
    readonly since: string;
  }[];
  readonly objects: readonly PageObject[];
  readonly dryRun: DryRun | null;
  readonly model: PageModel | null;
  readonly values: SettingsValues | null;
}

/** One kind of record: what is read, what is written, and whether all of it is here. */
export interface PageObject {
  readonly kind: string;
  /** Names of the CRM's properties. */
  readonly reads: readonly string[];
  readonly writes: readonly {
    readonly name: string;
    readonly label: string;
    readonly labelZh: string;
  }[];
  readonly crm: number | null;
  readonly stored: number | null;
  /** `null` before the first comparison. */
  readonly complete: boolean | null;
  readonly checkedAt: string | null;
  readonly lastGap: {
    readonly at: string;
    readonly missing: number;
    readonly surplus: number;
  } | null;
}

export interface DryRun {
  /** Whether approved writes are sent by themselves. */
  readonly writing: boolean;
  readonly planned: number;
  readonly sending: number;
  /** Runs that wrote something, the newest first. */
  readonly runs: readonly {
    readonly run: number;
    readonly kind: string;
    readonly at: string;
    readonly records: number;
    readonly properties: number;
  }[];
}

export interface PageModel {
  readonly version: string;
  readonly trainedAt: string;
  readonly touches: number | null;
  /** Why the newest model is, or is not, in use. */
  readonly verdict: string | null;
  readonly frozen: { readonly by: 'admin' | 'drift'; readonly fields: readonly string[] } | null;
  /** Fields that moved at the last look. */
  readonly alarms: readonly string[];
}

/** What the form holds; shares are 0–1, hours 0–24. */
export interface SettingsValues {
  readonly holdoutShare: number;
  readonly explorationShare: number;
  readonly touchesPerWeek: number;
  readonly quietHours: { readonly fromHour: number; readonly toHour: number };
  readonly businessHours: { readonly fromHour: number; readonly toHour: number };
  /** ISO weekdays. */
  readonly businessDays: readonly number[];
  readonly demographics: readonly string[];
  /** Business hours, or hours by day and night (`calendar`); `null` where no answer is due. */
  readonly due: readonly {
    readonly type: string;
    readonly urgency: string;
    readonly hours: number | null;
    readonly calendar?: boolean | undefined;
  }[];
  readonly replies: { readonly gate: number; readonly askFrom: number };
  readonly autoFreeze: boolean;
  readonly retrainEveryDays: number;
  readonly optionalProperties: boolean;
  readonly overdueTasks: boolean;
  /** Empty = everybody who sees the record. */
  readonly viewers: readonly string[];
  readonly editors: readonly string[];
}

/** Answer to a change, and to every other order given on the page. */
export type PageAnswer =
  | { readonly ok: true; readonly page: SettingsPage; readonly count: number | null }
  | {
      readonly ok: false;
      readonly reason: 'not_connected' | 'no_access' | 'invalid';
      /** `path` as `reach.businessHours`, `code` a stable word. */
      readonly problems: readonly { readonly path: string; readonly code: string }[];
    };

/** A page of the dry run, or of what a run wrote. */
export interface Differences {
  readonly records: readonly {
    readonly write: number;
    readonly kind: string;
    readonly id: string;
    readonly name: string;
    readonly url: string;
    readonly changes: readonly {
      readonly property: string;
      readonly label: string;
      readonly labelZh: string;
      readonly old: string | null;
      readonly new: string | null;
    }[];
  }[];
  /** Give it as `before` for the next page; `null` at the end. */
  readonly next: number | null;
}
