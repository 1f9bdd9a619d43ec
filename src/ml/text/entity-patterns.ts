/** Entities known by their form: e-mail, order number, money, date, phone. */
import type { Entity } from './entity.ts';

type Finder = (plain: string) => Iterable<Entity>;

const entity = (kind: Entity['kind'], text: string, start: number, value?: string): Entity => ({
  kind,
  text,
  start,
  end: start + text.length,
  ...(value === undefined ? {} : { value }),
});

const LOCAL = /[A-Za-z0-9._%+-]/;
const DOMAIN = /[A-Za-z0-9.-]/;

/** Around every `@` at most 64 characters back and 255 on (RFC 5321, 4.5.3.1). */
const emails: Finder = function* (plain) {
  for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
    let from = at;
    while (from > 0 && at - from < 64 && LOCAL.test(plain.charAt(from - 1))) from--;
    while (from < at && /[.%+-]/.test(plain.charAt(from))) from++;
    let to = at + 1;
    while (to < plain.length && to - at < 255 && DOMAIN.test(plain.charAt(to))) to++;
    while (to > at + 1 && /[.-]/.test(plain.charAt(to - 1))) to--;
    const domain = plain.slice(at + 1, to);
    const top = domain.slice(domain.lastIndexOf('.') + 1);
    if (from === at || !domain.includes('.') || domain.includes('..')) continue;
    if (!/^[A-Za-z]{2,24}$/.test(top)) continue;
    const text = plain.slice(from, to);
    yield entity('email', text, from, text.toLowerCase());
  }
};

const ORDER_WORD =
  /(?:\b(?:order|invoice|ticket|case|booking|reservation|reference|ref|tracking|receipt|confirmation|po)\b|订单|訂單|单号|單號|运单|運單|发票|發票|工单|工單|快递单|编号|編號)\s{0,2}(?:(?:number|num|no\.?|nr\.?|id|code|号码|號碼|号|號|编号|編號)\s{0,2})?(?:is\s|was\s|是|为|為)?\s{0,2}[:#：]?\s{0,2}([A-Za-z]{0,6}[-_]?\d[A-Za-z0-9_-]{2,30})(?![A-Za-z0-9])/giu;
const ORDER_SHAPE =
  /(?<![A-Za-z0-9_-])(?:[A-Z]{2,5}[-_]?\d{4,14}(?:-\d{1,10}){0,3}|[A-Z]{2,5}-\d{1,8}-\d{1,10}|\d{3}-\d{7}-\d{7})(?![A-Za-z0-9_-])/g;
const HASH_NUMBER = /#\s?([A-Za-z]{0,4}-?\d{3,20})(?![A-Za-z0-9])/g;

const orderNumbers: Finder = function* (plain) {
  for (const pattern of [ORDER_WORD, HASH_NUMBER, ORDER_SHAPE]) {
    for (const match of plain.matchAll(pattern)) {
      const text = match[1] ?? match[0];
      // A date or a time after the word is not a number of anything.
      if (
        /^(?:19|20)\d\d-\d{1,2}-\d{1,2}$/.test(text) ||
        /^\d{1,2}(?:st|nd|rd|th|am|pm)$/i.test(text)
      )
        continue;
      yield entity(
        'order_number',
        text,
        match.index + match[0].lastIndexOf(text),
        text.toUpperCase(),
      );
    }
  }
};

const AMOUNT = String.raw`\d{1,12}(?:[.,]\d{1,3}){0,5}`;
const SCALE = String.raw`(?:\s?(?:thousand|million|billion|bn|[km](?![A-Za-z])|[万萬亿億]))?`;
const BEFORE = new RegExp(
  String.raw`(?:US\$|HK\$|NT\$|A\$|C\$|\b(?:RMB|CNY|USD|EUR|GBP|JPY|AUD|CAD|HKD)\b|[$€£¥￥₹])\s?${AMOUNT}${SCALE}`,
  'gi',
);
const AFTER = new RegExp(
  String.raw`(?<![\d.,])${AMOUNT}${SCALE}\s?(?:(?:dollars?|bucks|euros?|pounds|cents|yuan|rmb|usd|eur|gbp|cny|jpy|aud|cad|hkd)(?![A-Za-z])|人民币|人民幣|美元|美金|欧元|歐元|英镑|英鎊|港币|港幣|台币|台幣|日元|元|块钱?|塊錢?|€|£)`,
  'gi',
);
const AFTER_ZH = /[一二两三四五六七八九十百千万]{1,8}(?:元|块钱|塊錢)/g;
const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/hk\$|hkd|港/i, 'HKD'],
  [/nt\$|台/i, 'TWD'],
  [/a\$|aud/i, 'AUD'],
  [/c\$|cad/i, 'CAD'],
  [/jpy|日元/i, 'JPY'],
  [/€|eur|欧|歐/i, 'EUR'],
  [/£|gbp|pounds|英/i, 'GBP'],
  [/₹/, 'INR'],
  [/\$|usd|dollar|bucks|cents|美/i, 'USD'],
  [/[¥￥元块塊]|rmb|cny|yuan|人民/i, 'CNY'],
];

const money: Finder = function* (plain) {
  for (const pattern of [BEFORE, AFTER, AFTER_ZH]) {
    for (const { 0: text, index } of plain.matchAll(pattern)) {
      const currency = CURRENCIES.find(([sign]) => sign.test(text))?.[1];
      const digits = /\d[\d.,]*/.exec(text)?.[0];
      const amount = digits === undefined ? undefined : amountOf(digits, text);
      const value = amount === undefined ? currency : `${currency} ${amount}`;
      yield entity('money', text, index, value);
    }
  }
};

/** 1,299.50 and 1.299,50 alike: the last mark is the decimal one unless three digits follow it. */
function amountOf(digits: string, text: string): number {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const decimals = digits.length - last - 1;
  const fraction = last >= 0 && (decimals !== 3 || (digits.charAt(last) === '.' && last <= 0));
  const whole = (last < 0 || !fraction ? digits : digits.slice(0, last)).replace(/[.,]/g, '');
  const number = Number(fraction ? `${whole}.${digits.slice(last + 1)}` : whole);
  const scales: readonly (readonly [RegExp, number])[] = [
    [/thousand|\dk|\d\sk/i, 1e3],
    [/million|\dm|\d\sm/i, 1e6],
    [/billion|bn/i, 1e9],
    [/[亿億]/, 1e8],
    [/[万萬]/, 1e4],
    [/cents/i, 0.01],
  ];
  return number * (scales.find(([word]) => word.test(text))?.[1] ?? 1);
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const YEAR_FIRST =
  /(?<!\d)((?:19|20)\d\d)(?:[-/.]|\s?年\s?)(\d{1,2})(?:[-/.]|\s?月\s?)(\d{1,2})(?!\d)[日号號]?/g;
const DAY_OR_MONTH_FIRST = /(?<![\d/.-])\d{1,2}([-/.])\d{1,2}\1(?:(?:19|20)\d\d|\d\d)(?![\d/-])/g;
const MONTH_NAME = new RegExp(
  String.raw`\b(${MONTH})\b\.?\s{1,2}(\d{1,2})(?:st|nd|rd|th)?(?![\d.:])(?:,?\s{1,2}((?:19|20)\d\d)(?!\d))?`,
  'gi',
);
const DAY_MONTH_NAME = new RegExp(
  String.raw`(?<![\d.])(\d{1,2})(?:st|nd|rd|th)?\s{1,2}(?:of\s)?(${MONTH})\b\.?(?:,?\s{1,2}((?:19|20)\d\d)(?!\d))?`,
  'gi',
);
const RELATIVE =
  /\b(?:today|tonight|yesterday|tomorrow|(?:last|next|this)\s(?:week|month|year|night|weekend|quarter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/gi;
const DATE_ZH =
  /(?<!\d)\d{1,2}月\d{1,2}[日号號]?|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号號]|(?:昨天|今天|明天|前天|后天|後天|昨晚|今晚|昨日|今日|明日|大前天)|(?:上|下|本|这|這)(?:个|個)?(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]?|(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]|(?:上|下|本|这|這)个?個?月|去年|今年|明年|前年/g;

const pad = (n: number): string => String(n).padStart(2, '0');
const isoDate = (year: number, month: number, day: number): string | undefined =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31
    ? `${year}-${pad(month)}-${pad(day)}`
    : undefined;

const dates: Finder = function* (plain) {
  for (const { 0: text, 1: y, 2: m, 3: d, index } of plain.matchAll(YEAR_FIRST)) {
    const value = isoDate(Number(y), Number(m), Number(d));
    if (value !== undefined) yield entity('date', text, index, value);
  }
  const named = [
    ...[...plain.matchAll(MONTH_NAME)].map((m) => ({ m, month: m[1], day: m[2], year: m[3] })),
    ...[...plain.matchAll(DAY_MONTH_NAME)].map((m) => ({ m, month: m[2], day: m[1], year: m[3] })),
  ];
  for (const { m, month = '', day, year } of named) {
    const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
    const value = isoDate(Number(year ?? 0), number, Number(day));
    if (value === undefined) continue;
    yield entity('date', m[0], m.index, year === undefined ? `--${value.slice(-5)}` : value);
  }
  for (const { 0: text, index } of plain.matchAll(DAY_OR_MONTH_FIRST)) {
    const [a = 0, b = 0] = text.split(/[-/.]/).map(Number);
    // 03/04/2026 is read differently on either side of an ocean: found, but not given a value.
    if (Math.min(a, b) >= 1 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31)
      yield entity('date', text, index);
  }
  for (const pattern of [RELATIVE, DATE_ZH])
    for (const { 0: text, index } of plain.matchAll(pattern)) yield entity('date', text, index);
};

const PHONE = /(?<![\w.,$€£¥#-])(?:\+\d|\(\d|\d)[\d\s().-]{5,18}\d(?![\w-])/g;
const PHONE_WORD =
  /(?:phone|call|tel|mobile|cell|whatsapp|fax|contact|电话|電話|手机|手機|致电|拨打|联系)[^\d\n+(]{0,16}$/i;

const phones: Finder = function* (plain) {
  for (const { 0: raw, index } of plain.matchAll(PHONE)) {
    const text = raw.trimEnd();
    const digits = text.replace(/\D/g, '');
    if (digits.length < 7 || digits.length > 15 || /\n/.test(text) || /\s\s/.test(text)) continue;
    const announced = PHONE_WORD.test(plain.slice(Math.max(0, index - 28), index));
    const chinese = /^(?:86)?1[3-9]\d{9}$/.test(digits) || /^0\d{2,3}-\d{7,8}$/.test(text);
    const international = text.startsWith('+') && digits.length >= 8;
    const american = /^(?:1[-. ]?)?(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}$/.test(text);
    const grouped = /^0[\d\s().-]+$/.test(text) && /[\s().-]/.test(text) && digits.length >= 9;
    if (announced || chinese || international || american || grouped)
      yield entity('phone', text, index, (text.startsWith('+') ? '+' : '') + digits);
  }
};

/** In the order in which a place of the text is claimed. */
export const PATTERNS: readonly Finder[] = [emails, orderNumbers, money, dates, phones];
