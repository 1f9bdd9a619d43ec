/** An old answer made fit to be shown in another case: whatever belongs to one person is blanked out. */
import { findEntities } from '../ml/text/entities.ts';

const BLANK = '[…]';
const PERSONAL: ReadonlySet<string> = new Set([
  'person',
  'order_number',
  'money',
  'date',
  'phone',
  'email',
]);
const GREETING =
  /^(?:hi|hello|dear|hey)\b[^\n]{0,60}$|^[^\n]{0,30}(?:您好|你好)[^\n]{0,10}$|^(?:尊敬的|亲爱的)[^\n]{0,30}$/i;
const FAREWELL = /^(?:thanks|thank you|谢谢|感谢)[,，.。!！]?$/i;

/** `null` when nothing worth repeating is left. `blanks` says how many places a person must fill in. */
export function reusableAnswer(text: string): { text: string; blanks: number } | null {
  const lines = text.split('\n').map((line) => line.trim());
  while (lines.length > 0 && (lines[0] === '' || GREETING.test(lines[0] ?? ''))) lines.shift();
  while (lines.length > 0 && (lines.at(-1) === '' || FAREWELL.test(lines.at(-1) ?? '')))
    lines.pop();
  const body = lines.join('\n');
  let blanks = 0;
  let at = 0;
  const parts: string[] = [];
  for (const entity of findEntities(body)) {
    if (!PERSONAL.has(entity.kind)) continue;
    parts.push(body.slice(at, entity.start), BLANK);
    at = entity.end;
    blanks++;
  }
  const said = parts.concat(body.slice(at)).join('');
  const letters = said.match(/\p{L}/gu)?.length ?? 0;
  return letters < 15 && !/\p{Script=Han}{6}/u.test(said) ? null : { text: said, blanks };
}
