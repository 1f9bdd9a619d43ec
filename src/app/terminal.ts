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

export function createTerminal(out: NodeJS.WriteStream = process.stdout): Terminal {
  return out.isTTY ? withBars(out) : withLines(out);
}

function withBars(out: NodeJS.WriteStream): Terminal {
  const started = new Map<string, number>();
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
      const begun = started.get(step) ?? Date.now();
      started.set(step, begun);
      const rate = Math.round(done / Math.max(0.001, (Date.now() - begun) / 1000));
      const payload = { step: step.padEnd(14), rate };
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
  const said = new Map<string, { begunAt: number; at: number; done: number }>();
  return {
    line: (text) => void out.write(`${text}\n`),
    onProgress(step, done, total) {
      const now = Date.now();
      const last = said.get(step) ?? { begunAt: now, at: 0, done: -1 };
      const finished = total !== null && done >= total;
      if (done === last.done || (!finished && now - last.at < LINE_EVERY_MS)) return;
      said.set(step, { begunAt: last.begunAt, at: now, done });
      const seconds = Math.max(0.001, (now - last.begunAt) / 1000);
      const rate = Math.round(done / seconds);
      const eta = total === null || rate === 0 ? '' : `  ETA ${Math.ceil((total - done) / rate)} s`;
      out.write(`  ${step.padEnd(14)} ${done}/${total ?? '?'}  ${rate}/s${finished ? '' : eta}\n`);
    },
    finish() {},
  };
}
