/** Progress for people: bars on a terminal, plain lines elsewhere. */
import { MultiBar, type SingleBar } from 'cli-progress';
import type { OnProgress } from '../flows/context.ts';

export interface Terminal {
  line(text: string): void;
  readonly onProgress: OnProgress;
  /** Ends the bars; lines may follow. */
  finish(): void;
}

const LINE_EVERY_MS = 2_000;

interface Begun {
  readonly at: number;
  readonly done: number;
}

/** Per second since the step was first heard of; `null` while that is too short ago to say. */
function rateSince(begun: Begun, done: number, now: number): number | null {
  const seconds = (now - begun.at) / 1000;
  return seconds < 0.5 ? null : Math.round((done - begun.done) / seconds);
}

export function createTerminal(out: NodeJS.WriteStream = process.stdout): Terminal {
  return out.isTTY ? withBars(out) : withLines(out);
}

function withBars(out: NodeJS.WriteStream): Terminal {
  const started = new Map<string, Begun>();
  let bars = new Map<string, SingleBar>();
  let multi: MultiBar | undefined;
  const open = () =>
    new MultiBar({
      stream: out,
      format: '  {step} {bar} {value}/{total}  {rate}/s  ETA {eta_formatted}',
      hideCursor: true,
      barsize: 24,
      autopadding: true,
    });
  return {
    line: (text) => void out.write(`${text}\n`),
    onProgress(step, done, total) {
      multi ??= open();
      const now = Date.now();
      const begun = started.get(step) ?? { at: now, done };
      started.set(step, begun);
      const payload = { step: step.padEnd(14), rate: rateSince(begun, done, now) ?? '–' };
      const bar = bars.get(step) ?? multi.create(total ?? Math.max(done, 1), done, payload);
      bars.set(step, bar);
      bar.setTotal(total ?? Math.max(done, 1));
      bar.update(done, payload);
    },
    finish() {
      multi?.stop();
      multi = undefined;
      bars = new Map();
    },
  };
}

function withLines(out: NodeJS.WriteStream): Terminal {
  const said = new Map<string, { begun: Begun; at: number; done: number }>();
  return {
    line: (text) => void out.write(`${text}\n`),
    onProgress(step, done, total) {
      const now = Date.now();
      const last = said.get(step) ?? { begun: { at: now, done }, at: 0, done: -1 };
      const finished = total !== null && done >= total;
      if (done === last.done || (!finished && now - last.at < LINE_EVERY_MS)) return;
      said.set(step, { begun: last.begun, at: now, done });
      const rate = rateSince(last.begun, done, now);
      const pace = rate === null ? '' : `  ${rate}/s`;
      const left =
        rate === null || rate === 0 || total === null || finished ? null : (total - done) / rate;
      const eta = left === null ? '' : `  ETA ${Math.ceil(left)} s`;
      out.write(`  ${step.padEnd(14)} ${done}/${total ?? '?'}${pace}${eta}\n`);
    },
    finish() {},
  };
}
