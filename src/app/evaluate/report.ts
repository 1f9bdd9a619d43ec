/** How a result leaves: exactly one JSON object, or lines for people; progress goes to stderr. */
export interface Reported {
  readonly json?: boolean;
}

/** Prints `result`; nested objects become indented lines for people. */
export function report(result: object, { json }: Reported): void {
  console.log(json ? JSON.stringify(result) : lines(result, '').join('\n'));
}

/** One line on stderr, so that `--json` output stays clean. */
export const progress = (message: string): void => void process.stderr.write(`${message}\n`);

function lines(value: object, indent: string): string[] {
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (typeof part !== 'object' || part === null) return [`${indent}${key}: ${shown(part)}`];
    return [`${indent}${key}:`, ...lines(part, `${indent}  `)];
  });
}

const shown = (value: unknown): string =>
  typeof value === 'number' && !Number.isInteger(value)
    ? String(Number(value.toPrecision(6)))
    : String(value);
