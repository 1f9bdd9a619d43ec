/** The meter port, fulfilled by prom-client in a registry of its own. */
import { Counter, Histogram, Registry } from 'prom-client';
import { METERS, type Meter, type MeterName } from '../ports/meter.ts';

const LABELS: Readonly<Record<MeterName, readonly string[]>> = {
  webhook_deliveries: ['host', 'outcome'],
  unsigned_requests: ['outcome'],
  webhook_events: ['outcome'],
  host_calls: ['status'],
  jobs: ['job', 'outcome'],
  drift_alarms: [],
  property_writes: ['outcome'],
  records_failed: ['kind'],
  workflow_actions: ['action', 'exit'],
  event_to_write_seconds: [],
  corrections: ['field', 'source'],
  activities: ['kind', 'outcome'],
  not_now: ['reason'],
  chat_turns: ['outcome'],
  request_seconds: ['route', 'status'],
};

export function createMeter(): Meter {
  const registry = new Registry();
  const counters = new Map<MeterName, Counter>();
  const histograms = new Map<MeterName, Histogram>();
  for (const name of Object.keys(METERS) as MeterName[]) {
    const options = {
      help: METERS[name],
      labelNames: [...LABELS[name]],
      registers: [registry],
    };
    if (name.endsWith('_seconds')) {
      const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
      histograms.set(name, new Histogram({ ...options, name: `rapport_${name}`, buckets }));
    } else {
      counters.set(name, new Counter({ ...options, name: `rapport_${name}_total` }));
    }
  }
  return {
    count: (name, labels = {}, by = 1) => counters.get(name)?.inc(labels, by),
    observe: (name, seconds, labels = {}) => histograms.get(name)?.observe(labels, seconds),
    async total(name, labels = {}) {
      const metric = await counters.get(name)?.get();
      const wanted = Object.entries(labels);
      return (metric?.values ?? [])
        .filter((row) => wanted.every(([key, value]) => row.labels[key] === value))
        .reduce((sum, row) => sum + row.value, 0);
    },
    text: () => registry.metrics(),
  };
}
