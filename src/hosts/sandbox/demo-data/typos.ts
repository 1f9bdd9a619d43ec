/** How people mistype: swapped and lost letters, lower case, confused homophones, missing stops. */
import type { DemoLanguage } from './profile.ts';
import type { Random } from './random.ts';

const HOMOPHONES: readonly (readonly [string, string])[] = [
  ['的', '得'],
  ['在', '再'],
  ['账', '帐'],
  ['订', '定'],
  ['已经', '以经'],
  ['做', '作'],
  ['那', '哪'],
  ['吗', '嘛'],
  ['需要', '须要'],
  ['知道', '只道'],
];

/** `text` with one to three slips of the kind its language invites. */
export function mistype(text: string, language: DemoLanguage, random: Random): string {
  let result = text;
  for (let slips = random.int(1, 3); slips > 0; slips--) {
    result = language === 'zh' ? slipZh(result, random) : slipEn(result, random);
  }
  return result;
}

function slipEn(text: string, random: Random): string {
  const at = random.int(1, Math.max(1, text.length - 3));
  const isWord = /^[a-z]{3}$/.test(text.slice(at - 1, at + 2));
  switch (random.int(0, 6)) {
    case 0:
      return isWord ? text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2) : text;
    case 1:
      return isWord ? text.slice(0, at) + text.slice(at + 1) : text;
    case 2:
      return isWord ? text.slice(0, at) + text[at]! + text.slice(at) : text;
    case 3:
      return text.toLowerCase();
    case 4:
      return text.replaceAll("'", '').replace('do not', 'dont').replace('cannot', 'cant');
    case 5:
      return text.replace('. ', ' ').replace(/\.$/, random.pick(['', '...', '!!', ' .']));
    default:
      return text
        .replace(/\b[Pp]lease\b/, random.pick(['pls', 'plz', 'Please']))
        .replace(/\byou\b/, random.pick(['u', 'you']))
        .replace(/\breceived\b/, 'recieved')
        .replace(/\bthe\b/, random.pick(['teh', 'the']));
  }
}

function slipZh(text: string, random: Random): string {
  switch (random.int(0, 4)) {
    case 0:
    case 1: {
      const [right, wrong] = random.pick(HOMOPHONES);
      return text.replace(right, wrong);
    }
    case 2:
      return text.replace('。', random.pick(['', '，', ' ', '～']));
    case 3:
      return text.replaceAll('，', ',').replaceAll('。', random.pick(['.', ' ']));
    default:
      return text.replace(/[。！]$/, random.pick(['！！！', '。。。', '', '~']));
  }
}
