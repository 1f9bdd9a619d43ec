/** Structured log lines: constant lower-case message, fixed keys, never a payload, token, name or address. */
export interface LogFields {
  readonly tenant?: string;
  readonly host?: string;
  readonly job?: string;
  readonly event?: string;
  readonly ms?: number;
  readonly code?: string;
  readonly [key: string]: unknown;
}

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child(fields: LogFields): Log;
}
