/** Which of our languages a text is written in; everything else is `other` and abstained from. */
import { isSimplifiedOnly, isTraditionalOnly } from './han-variants.ts';
import { readable } from './plain.ts';

export type Language = 'en' | 'zh_hans' | 'zh_hant' | 'mixed' | 'other';

const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /[\p{Script=Latin}'’]+/gu;
const FOREIGN =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Greek}\p{Script=Devanagari}]/gu;
const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));
const ENGLISH =
  words(`the a an and or but is are was were be been am to of in on at for from with by it its this
  that these those i we you he she they my our your his her their me us them not no do does did have has had can
  could would will should please what when where why how who if so as after before since again very too just all
  there here about than then now still only more most get got make need want like good great bad help thanks thank
  hello hi dear don't can't won't isn't doesn't i'm it's`);
const OTHERS =
  words(`el la los las un una es son que de del por para con se no mi su está pero muy como y le les des
  et est pas pour dans une que qui sur avec nous vous je il der die das und ist nicht ein eine mit für auf wir sie
  ich zu den dem von im não um uma os as ao na não com meu sua está é il lo gli che di per non sono mi con una het
  een en niet van voor dat met zijn ik jag och det är inte att som på og ikke jeg det er nie się na jest do w z bir
  ve bu için çok değil merhaba hola obrigado merci danke gracias bonjour mais mas ma wie was kann kein keine aber
  producto llegó pedido factura facture commande rechnung bestellung fatura conta cuenta todavía`);
/** A text counts as mixed when Chinese and English each make up at least this share of its units. */
const MIXED_SHARE = 0.2;

/**
 * Decides by script first (Han characters against Latin words), then by frequent words for Latin
 * text and by characters of one writing system only for Chinese. Undecidable Chinese counts as
 * simplified. Text without a letter is `other`.
 */
export function detectLanguage(text: string): Language {
  const read = readable(text);
  const han = read.match(HAN) ?? [];
  const latin = (read.match(LATIN_WORD) ?? []).filter(
    (word) => word.length > 1 || /[ai]/i.test(word),
  );
  const foreign = (read.match(FOREIGN) ?? []).length;
  if (foreign > 0 && foreign >= 0.2 * (han.length + latin.length * 3 + foreign)) return 'other';
  // Two characters make about one word. Codes and brand names in capitals are not English prose.
  const hanUnits = han.length / 2;
  const prose = latin.filter((word) => word !== word.toUpperCase());
  if (hanUnits > 0) {
    const share = prose.length / (hanUnits + prose.length);
    if (prose.length >= 3 && share >= MIXED_SHARE && share <= 1 - MIXED_SHARE) return 'mixed';
    if (share <= 0.5 || prose.length < 3) return chineseVariant(han);
  }
  return latin.length > 0 && isEnglish(latin) ? 'en' : 'other';
}

function chineseVariant(han: readonly string[]): Language {
  let balance = 0;
  for (const c of han) {
    if (isTraditionalOnly(c)) balance++;
    else if (isSimplifiedOnly(c)) balance--;
  }
  return balance > 0 ? 'zh_hant' : 'zh_hans';
}

function isEnglish(latin: readonly string[]): boolean {
  let english = 0;
  let other = 0;
  let accents = 0;
  for (const raw of latin) {
    const word = raw.toLowerCase().replace(/’/g, "'");
    if (ENGLISH.has(word)) english++;
    else if (OTHERS.has(word)) other++;
    if (/[^a-z']/.test(word)) accents++;
  }
  if (english === 0 && other === 0) return accents < 0.2 * latin.length;
  return english >= other && accents < 0.34 * latin.length;
}
