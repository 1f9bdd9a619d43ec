/** One piece of work that is measured beside scikit-learn. */

/** One run: seconds of the work itself (loading data is not counted) and what came out. */
export interface BenchRun {
  readonly seconds: number;
  /** Figures to compare by name, such as `macro_f1`; the same names on both sides. */
  readonly quality: Readonly<Record<string, number>>;
}

export interface BenchCase {
  /** Unique over all files; lower case with spaces, such as `svm airline`. */
  readonly name: string;
  /** Our side; `bench-ml.ts` calls it in a process of its own and adds the peak memory. */
  ours(datasets: string): Promise<BenchRun>;
  /** The peer's side: a script of the peers' folder that prints JSON lines; the last one counts. */
  readonly peer?: {
    /** File name inside the peers' folder, or a path from the repository's root. */
    readonly script: string;
    /** `$DATA` stands for the folder of the data sets. */
    readonly args: readonly string[];
    /** Seconds and quality from the peer's JSON line, `peak_rss_mb` is read by itself. */
    read(line: Readonly<Record<string, unknown>>): BenchRun;
  };
  /** Our time ÷ the peer's that is aimed for. */
  readonly target?: number;
}
