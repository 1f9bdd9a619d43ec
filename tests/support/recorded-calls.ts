/** Records what a server was asked over HTTP and what it answered, as raw text. */
import type { Request, Response } from 'express';

export interface RecordedCall {
  readonly line: string;
  readonly body: string;
  readonly status: number;
  readonly reply: string;
}

/** The call's record, which fills as the call goes on; `line` is how it is named. */
export function recordCall(req: Request, res: Response, line: string): RecordedCall {
  const call = { line, body: '', status: 0, reply: '' };
  req.on('data', (chunk: Buffer) => {
    call.body += chunk.toString();
  });
  const end = res.end.bind(res) as (...args: unknown[]) => typeof res;
  res.end = ((...args: unknown[]) => {
    call.status = res.statusCode;
    if (typeof args[0] === 'string') call.reply = args[0];
    return end(...args);
  }) as typeof res.end;
  return call;
}
