/** JSON whose ids may be numbers beyond 2^53: they are kept as text. */

/** Parses JSON without losing digits of ids. Throws `SyntaxError`. */
export function parseExact(text: string): unknown {
  return JSON.parse(outsideStrings(text));
}

/** Quotes integers of 16 digits and more. Only text outside string literals is touched, so that customers' words stay what they are. */
function outsideStrings(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replace(/"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}
