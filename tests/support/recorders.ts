/** Logs and meters that remember, and a queue that only notes what it was asked. */
import type { Log, LogFields } from '../../src/ports/log.ts';
import type { Meter } from '../../src/ports/meter.ts';
import type { AddOptions, Queue } from '../../src/ports/queue.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

export function createRecordingLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const make = (bound: LogFields): Log => {
    const at =
      (level: LogLine['level']) =>
      (message: string, fields: LogFields = {}) =>
        void lines.push({ level, message, fields: { ...bound, ...fields } });
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (fields) => make({ ...bound, ...fields }),
    };
  };
  return { ...make({}), lines };
}

export function createRecordingMeter(): Meter {
  const counts: { name: string; labels: Readonly<Record<string, string>>; by: number }[] = [];
  return {
    count: (name, labels = {}, by = 1) => void counts.push({ name, labels, by }),
    observe: () => {},
    total: async (name, labels = {}) =>
      counts
        .filter((c) => c.name === name)
        .filter((c) => Object.entries(labels).every(([key, value]) => c.labels[key] === value))
        .reduce((sum, c) => sum + c.by, 0),
    text: async () => '',
  };
}

export interface NotedJob {
  readonly job: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly options: AddOptions;
}

/** For flows whose effect on the queue is "this was woken"; the queue itself has its own battery. */
export function createNotingQueue(): Queue & { readonly jobs: NotedJob[] } {
  const jobs: NotedJob[] = [];
  return {
    jobs,
    add: async (job, payload, options = {}) => void jobs.push({ job, payload, options }),
    repeat: async () => {},
    isRepeating: async () => true,
    stopRepeating: async () => {},
    process: async () => {},
    counts: async () => ({ waiting: jobs.length, active: 0, failed: 0 }),
    close: async () => {},
  };
}
