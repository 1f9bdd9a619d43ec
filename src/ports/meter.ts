/** Counters and timings; labels are low-cardinality and never personal. */
export interface Meter {
  count(name: MeterName, labels?: Readonly<Record<string, string>>, by?: number): void;
  /** Seconds. */
  observe(name: MeterName, seconds: number, labels?: Readonly<Record<string, string>>): void;
  /** Current total of a counter over all its labels, or of the labels given. */
  total(name: MeterName, labels?: Readonly<Record<string, string>>): Promise<number>;
  /** Prometheus text. */
  text(): Promise<string>;
}

/** Every metric of the product, with its help text. */
export const METERS = {
  webhook_deliveries: 'Webhook deliveries by outcome',
  unsigned_requests: 'Requests that no CRM signed, by outcome',
  webhook_events: 'Events by outcome',
  host_calls: 'Calls to a CRM by status',
  jobs: 'Jobs by name and outcome',
  drift_alarms: 'Daily looks at the data that found a field moved',
  property_writes: 'Property values written to a CRM',
  records_failed: 'Records that could not be read or scored, by kind',
  workflow_actions: 'Workflow actions answered, by action and exit',
  event_to_write_seconds: 'Seconds from a delivery to the written property',
  corrections: 'Corrections by people, by field and source',
  activities: 'Tasks and notes by kind and outcome',
  not_now: 'Advice that people set aside, by reason',
  chat_turns: 'Turns of the chat endpoint by outcome',
  request_seconds: 'HTTP requests by route and status',
} as const;
export type MeterName = keyof typeof METERS;
