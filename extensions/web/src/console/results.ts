/** What the advice is worth, as GET /api/results gives it. */

import type { KpiReport, SatisfactionReport } from './service.ts';

export interface Bounds {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface Estimate {
  readonly ips: Bounds;
  readonly snips: Bounds;
  readonly dr: Bounds;
  readonly effectiveTouches: number;
  readonly overlap: 'good' | 'thin' | 'broken';
}

export interface Comparison {
  readonly difference: Bounds;
  readonly verdict: 'helps' | 'hurts' | 'cannot_tell';
  readonly doubt: 'few' | 'overlap' | 'interval' | null;
}

export interface PolicyReport {
  readonly touches: number;
  readonly contacts: number;
  readonly bestSingle: string;
  readonly logged: Bounds;
  readonly recommended: Estimate;
  readonly single: Estimate;
  readonly versusLogged: Comparison;
  readonly versusSingle: Comparison;
}

interface Test {
  readonly q: number;
  readonly effect: number;
}

export interface SegmentRates {
  readonly id: string;
  readonly code: string;
  readonly channels: readonly {
    readonly channel: string;
    readonly tried: number;
    readonly answered: number;
    readonly rate: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly test: Test | null;
}

export interface TenantResults {
  readonly id: string;
  readonly policy: PolicyReport | null;
  /** Share of contacts scored but not shown. */
  readonly holdoutShare: number;
  readonly uplift: {
    readonly months: readonly {
      readonly period: string;
      readonly shown: { readonly people: number; readonly replied: number };
      readonly holdout: { readonly people: number; readonly replied: number };
      readonly difference: Bounds;
    }[];
    readonly overall: Bounds;
    readonly verdict: Comparison['verdict'];
  } | null;
  readonly offers: {
    readonly purchases: number;
    readonly rules: number;
    readonly heldOut: {
      readonly n: number;
      readonly rules: number;
      readonly popularity: number;
      readonly low: number;
      readonly high: number;
    } | null;
  } | null;
  readonly effectiveness: { readonly segments: readonly SegmentRates[] } | null;
  readonly satisfaction: SatisfactionReport | null;
  readonly kpis: KpiReport | null;
}

export async function readResults(): Promise<readonly TenantResults[]> {
  const response = await fetch('/api/results');
  if (!response.ok) throw new Error(`/api/results answered ${response.status}`);
  return ((await response.json()) as { tenants: readonly TenantResults[] }).tenants;
}

/** "46% (41–51%)"; a bound that the data cannot give is a question mark. */
export function share({ estimate, low, high }: Bounds): string {
  const whole = (value: number | null): string =>
    value === null ? '?' : String(Math.round(value * 100));
  return `${whole(estimate)}% (${whole(low)}–${whole(high)}%)`;
}

/** "+6 (2 to 10)": a difference in percentage points, signs included. */
export function points({ estimate, low, high }: Bounds): string {
  const signed = (value: number | null): string => {
    if (value === null) return '?';
    const text = (Math.abs(value) * 100).toFixed(1);
    return value < 0 ? `−${text}` : `+${text}`;
  };
  return `${signed(estimate)} (${signed(low)} … ${signed(high)})`;
}

export interface NamedSegment {
  readonly id: string;
  /** What sets it apart: `buys_often+answers_phone_morning`. */
  readonly code: string;
  readonly name: string | null;
}

export async function readSegments(tenantId: string): Promise<readonly NamedSegment[]> {
  const response = await fetch(`/api/segments?${new URLSearchParams({ tenant: tenantId })}`);
  if (!response.ok) throw new Error(`/api/segments answered ${response.status}`);
  return ((await response.json()) as { segments: readonly NamedSegment[] }).segments;
}
