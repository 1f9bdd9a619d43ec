/** The verbs a PostgreSQL driver must have. */

export interface SqlClient {
  /**
   * Runs one statement with `$1…$n` parameters and returns its rows. Booleans, numbers and text
   * pass as they are, JSON as text with a `::jsonb` cast, arrays as JavaScript arrays with a cast.
   * `int8` comes back as a number, `timestamptz` as a `Date`, `jsonb` parsed.
   */
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}

export interface Sql extends SqlClient {
  /** Runs `fn` in one transaction: commits when it resolves, rolls back when it throws. Not nestable. */
  transaction<T>(fn: (tx: SqlClient) => Promise<T>): Promise<T>;
  /** Runs statements separated by `;`, for migrations only. */
  exec(script: string): Promise<void>;
  close(): Promise<void>;
}
