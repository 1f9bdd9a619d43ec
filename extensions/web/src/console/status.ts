/** The status of every account, as GET /api/status and `rapport status --json` give it. */

interface Quality {
  readonly logLoss: number;
}
interface TextReport {
  readonly n: number;
  readonly accuracy: number;
  readonly baselineAccuracy: number;
}
/** What people's corrections changed. */
interface Corrections {
  readonly given: number;
  readonly changed: number;
  readonly learnt: number;
}

interface ModelReport {
  readonly touches?: number;
  readonly channel?: { readonly model: Quality; readonly baseline: Quality } | null;
  readonly churn?: {
    readonly customers: number;
    readonly logLoss: number;
    readonly baselineLogLoss: number;
  } | null;
  readonly deals?: {
    readonly test: {
      readonly deals: number;
      readonly logLoss: number;
      readonly baselineLogLoss: number;
    } | null;
  } | null;
  readonly type?: TextReport | null;
  readonly sentiment?: TextReport | null;
  readonly urgency?: TextReport | null;
  readonly corrections?: Corrections | null;
}

/** What the account's admin has to know or do. */
export interface Notice {
  readonly code: string;
  readonly details: readonly string[];
  readonly since: string;
}

export interface TenantStatus {
  readonly id: string;
  readonly host: string;
  readonly name?: string;
  readonly state: string;
  readonly contacts: {
    readonly crm: number | null;
    readonly stored: number;
    readonly scored: number;
    readonly written: number;
  };
  readonly queue: {
    readonly waiting: number;
    readonly active: number;
    readonly failed: number;
    readonly dirty: number;
  };
  /** Per object; `complete` is `null` before the first comparison. */
  readonly completeness?: readonly {
    readonly kind: string;
    readonly crm: number | null;
    readonly stored: number | null;
    readonly checksum: string | null;
    readonly complete: boolean | null;
    readonly checkedAt: string | null;
    readonly lastGap: {
      readonly at: string;
      readonly missing: number;
      readonly surplus: number;
    } | null;
  }[];
  readonly lastEventAt: string | null;
  readonly lastError: string | null;
  readonly notices?: readonly Notice[];
  readonly model?: {
    readonly version: string;
    readonly trainedAt: string;
    readonly report: ModelReport | null;
  } | null;
  readonly runs?: readonly {
    readonly kind: string;
    readonly startedAt: string;
    readonly finishedAt: string | null;
    readonly counts: Readonly<Record<string, number>>;
  }[];
}

export async function readStatus(): Promise<readonly TenantStatus[]> {
  const response = await fetch('/api/status');
  if (!response.ok) throw new Error(`/api/status answered ${response.status}`);
  return ((await response.json()) as { tenants: readonly TenantStatus[] }).tenants;
}

export interface ModelRow {
  readonly name: 'channel' | 'churn' | 'deals' | 'type' | 'sentiment' | 'urgency';
  readonly n: number | null;
  readonly measure: 'logLoss' | 'accuracy';
  readonly value: number;
  readonly baseline: number;
}

/** One row per model that was trained; a figure never stands without its n and its baseline. */
export function modelRows(report: ModelReport | null): readonly (ModelRow | ModelRow['name'])[] {
  const { channel, touches = null } = report ?? {};
  const text = (name: 'type' | 'sentiment' | 'urgency'): ModelRow | ModelRow['name'] => {
    const found = report?.[name];
    if (!found) return name;
    const { n, accuracy, baselineAccuracy } = found;
    return { name, n, measure: 'accuracy', value: accuracy, baseline: baselineAccuracy };
  };
  const reach: ModelRow | 'channel' = channel
    ? {
        name: 'channel',
        n: touches,
        measure: 'logLoss',
        value: channel.model.logLoss,
        baseline: channel.baseline.logLoss,
      }
    : 'channel';
  const loss = (
    name: 'churn' | 'deals',
    n: number | undefined,
    found: { readonly logLoss: number; readonly baselineLogLoss: number } | null | undefined,
  ): ModelRow | ModelRow['name'] =>
    found && n !== undefined
      ? { name, n, measure: 'logLoss', value: found.logLoss, baseline: found.baselineLogLoss }
      : name;
  const churn = loss('churn', report?.churn?.customers, report?.churn);
  const deals = loss('deals', report?.deals?.test?.deals, report?.deals?.test);
  return [reach, churn, deals, text('type'), text('sentiment'), text('urgency')];
}

export const beatsBaseline = ({ measure, value, baseline }: ModelRow): boolean =>
  measure === 'logLoss' ? value < baseline : value > baseline;

/** `null` while nobody has corrected anything. */
export const correctionsOf = (report: ModelReport | null): Corrections | null =>
  report?.corrections && report.corrections.given > 0 ? report.corrections : null;
