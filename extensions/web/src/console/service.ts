/** The parts of `GET /api/results` about service, as the server sends them. */

export interface Kpi {
  readonly code: string;
  readonly n: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly before: { readonly n: number; readonly value: number } | null;
}

export interface KpiReport {
  readonly windowDays: number;
  readonly all: readonly Kpi[];
}

export interface SatisfactionReport {
  readonly answers: number;
  readonly drivers:
    | readonly {
        readonly code: string;
        readonly estimate: number;
        readonly low: number;
        readonly high: number;
        readonly q: number;
        readonly vif: number;
      }[]
    | null;
}
