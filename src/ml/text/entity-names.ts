/** Persons, organisations and places, from tags, lists and the words around them. */
import type { Entity, EntityKind } from './entity.ts';
import {
  COMPANIES,
  COMPANIES_ZH,
  COMPANY_ENDINGS,
  DOUBLE_SURNAMES,
  GIVEN_NAMES,
  ORGANISATION_ENDINGS_ZH,
  PLACES_EN,
  SURNAMES,
} from './gazetteer.ts';
import { foldForLookup } from './plain.ts';
import type { TaggedWord } from './tagging.ts';

/** Candidates in the order of their right to a place; they may overlap. */
export function* namedEntities(plain: string, words: readonly TaggedWord[]): Iterable<Entity> {
  const han = /\p{Script=Han}/u;
  const english = words.filter((word) => !han.test(word.text));
  const chinese = words.filter((word) => han.test(word.text));
  yield* englishNames(plain, english);
  yield* chineseNames(plain, chinese);
}

const named = (kind: EntityKind, plain: string, start: number, end: number): Entity => ({
  kind,
  text: plain.slice(start, end),
  start,
  end,
});

const HONORIFIC = /^(?:mr|mrs|ms|miss|dr|prof|sir|madam)$/i;
const CAPITAL = /^\p{Lu}[\p{L}'-]*$/u;
const CUE =
  /(?:\b(?:my name is|my name's|this is|i am|i'm|spoke (?:to|with)|speak (?:to|with)|talked (?:to|with)|ask(?:ed)? for|named|helped by|thanks to|thank you,?|agent|colleague|rep|representative|manager|dear|hi|hello|hey)|(?:regards|sincerely|thanks|cheers|best),?)\s{1,3}$/i;
/** Capitalised words that follow such cues without being anybody. */
const NOBODY = new Set(
  `i team all everyone everybody there support sir madam customer service sales guys folks again for so very
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
  october november december the a an this that my your please no not we you he she it they and but if in on at is are
  english chinese american not sure ok just`.split(/\s+/),
);

function* englishNames(plain: string, words: readonly TaggedWord[]): Iterable<Entity> {
  const lower = words.map((word) => word.text.toLowerCase());
  const joined = (i: number): boolean => {
    const [word, next] = [words[i], words[i + 1]];
    return (
      word !== undefined && next !== undefined && /^\.? $/.test(plain.slice(word.end, next.start))
    );
  };
  const capital = (i: number): boolean => CAPITAL.test(words[i]?.text ?? '');
  const span = (kind: EntityKind, from: number, to: number): Entity =>
    named(kind, plain, words[from]?.start ?? 0, words[to]?.end ?? 0);
  /** Last index of the run of capitalised, joined words that begins at i. */
  const runEnd = (i: number, most: number): number => {
    let end = i;
    while (end - i + 1 < most && joined(end) && capital(end + 1)) end++;
    return end;
  };
  // Companies by their last word, then by name.
  for (let i = 0; i < words.length; i++) {
    if (
      !COMPANY_ENDINGS.has(lower[i] ?? '') ||
      !(capital(i) || /^(?:gmbh|llc)$/i.test(lower[i] ?? ''))
    )
      continue;
    let from = i;
    while (
      from > 0 &&
      i - from < 5 &&
      joined(from - 1) &&
      capital(from - 1) &&
      !skip(lower[from - 1])
    )
      from--;
    if (from < i) yield span('organisation', from, i);
  }
  for (let i = 0; i < words.length; i++) {
    // Names that are common words, such as `delta`, must be written as names.
    if (!/\p{Lu}/u.test(words[i]?.text ?? '')) continue;
    for (let to = Math.min(i + 1, words.length - 1); to >= i; to--) {
      if (!COMPANIES.has(lower.slice(i, to + 1).join(' '))) continue;
      yield span('organisation', i, to);
      break;
    }
  }
  // Persons after an honorific, with a given name, or after words that announce one.
  for (let i = 0; i < words.length; i++) {
    if (HONORIFIC.test(lower[i] ?? '') && joined(i) && capital(i + 1)) {
      yield span('person', i + 1, runEnd(i + 1, 3));
      continue;
    }
    const word = words[i];
    if (word === undefined || !capital(i)) continue;
    const single = PLACES_EN.has(lower.slice(i, i + 2).join(' ')) || skip(lower[i]);
    if (GIVEN_NAMES.has(lower[i] ?? '') && !single) {
      const end = runEnd(i, 3);
      const follows = lower[i + 1] ?? '';
      yield span('person', i, end > i && (skip(follows) || PLACES_EN.has(follows)) ? i : end);
      continue;
    }
    if (skip(lower[i]) || PLACES_EN.has(lower[i] ?? '') || word.wordClass !== 'name') continue;
    if (CUE.test(plain.slice(Math.max(0, word.start - 40), word.start)))
      yield span('person', i, runEnd(i, 3));
  }
  for (let i = 0; i < words.length; i++) {
    if (!/\p{Lu}/u.test(words[i]?.text ?? '')) continue;
    for (let to = Math.min(i + 2, words.length - 1); to >= i; to--) {
      if (!PLACES_EN.has(lower.slice(i, to + 1).join(' '))) continue;
      if (!Array.from({ length: to - i }, (_, k) => joined(i + k)).every(Boolean)) continue;
      yield span('place', i, to);
      break;
    }
  }
}

const skip = (word: string | undefined): boolean => word === undefined || NOBODY.has(word);

const TITLE_ZH =
  /^(?:先生|女士|小姐|太太|经理|總|总|老师|老師|主任|医生|醫生|师傅|師傅|老板|老闆|总监|客服|同学|同學)/;
const CUE_ZH = /(?:我叫|我是|名叫|联系人|聯繫人|收件人|姓名|客服|致电|找)[:：是 ]{0,2}$/;
/** Companies that are nobody's name: "the courier company", "the insurance company". */
const GENERIC_ZH =
  /^(?:快递|物流|保险|航空|科技|网络|贸易|商业|国有|母|子|总|分|贵)+(?:公司|集团|银行)$/;
const NOUN_LIKE = /^(?:n|j|x|eng|b|vn|a$)/;

function* chineseNames(plain: string, words: readonly TaggedWord[]): Iterable<Entity> {
  const folded = foldForLookup(plain);
  const word = (i: number): string => {
    const at = words[i];
    return at === undefined ? '' : folded.slice(at.start, at.end);
  };
  const touching = (i: number): boolean => words[i]?.end === words[i + 1]?.start;
  // From the end, so that 科技有限公司 is read as a whole before 科技.
  for (let i = words.length - 1; i >= 0; i--) {
    const last = words[i];
    if (last === undefined) continue;
    if (!ORGANISATION_ENDINGS_ZH.some((ending) => word(i).endsWith(ending))) continue;
    let from = i;
    while (
      from > 0 &&
      i - from < 6 &&
      touching(from - 1) &&
      NOUN_LIKE.test(words[from - 1]?.tag ?? '')
    )
      from--;
    const start = words[from]?.start ?? 0;
    const whole = folded.slice(start, last.end);
    const bare = ORGANISATION_ENDINGS_ZH.some((ending) => whole === ending);
    const common = from === i && last.tag !== 'nt';
    if (!bare && !common && !GENERIC_ZH.test(whole))
      yield named('organisation', plain, start, last.end);
  }
  for (let i = 0; i < words.length; i++) {
    const at = words[i];
    if (at === undefined) continue;
    const text = word(i);
    if (COMPANIES_ZH.has(text) || (at.tag === 'nt' && text.length > 2))
      yield named('organisation', plain, at.start, at.end);
    const surname = DOUBLE_SURNAMES.has(text.slice(0, 2))
      ? 2
      : SURNAMES.has(text.charAt(0))
        ? 1
        : 0;
    // The segmenter takes 谢 for the surname it also is.
    if (surname === 0 || /^[谢謝]+[您你]?$/.test(text)) continue;
    const title = TITLE_ZH.exec(folded.slice(at.end, at.end + 2))?.[0];
    const announced = CUE_ZH.test(folded.slice(Math.max(0, at.start - 6), at.start));
    // The segmenter tags `x` what it put together itself; that is a name only where one is due.
    const tagged =
      at.tag.startsWith('nr') || (at.tag === 'x' && (announced || title !== undefined));
    const isName = tagged && text.length > surname && text.length <= surname + 2;
    if (isName || (title !== undefined && text.length <= surname + 2 && text.length === surname))
      yield named('person', plain, at.start, at.end);
    else if (text.length === surname && announced) {
      const next = words[i + 1];
      if (touching(i) && next !== undefined && next.end - next.start <= 2)
        yield named('person', plain, at.start, next.end);
    }
  }
  for (let i = 0; i < words.length; i++) {
    const at = words[i];
    if (at === undefined || at.tag !== 'ns') continue;
    let to = i;
    while (to - i < 3 && touching(to) && words[to + 1]?.tag === 'ns') to++;
    const next = words[to + 1];
    const suffixed =
      touching(to) && next !== undefined && /^(?:省|市|区|县|镇|路|街|大道)$/.test(word(to + 1));
    yield named('place', plain, at.start, suffixed ? next.end : (words[to]?.end ?? at.end));
    i = to;
  }
}
