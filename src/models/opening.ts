/** The beginning of a message to somebody, by what it is about; a person fills in the blanks. */
import type { ReplyLanguage } from './reply.ts';

/** What it is about. `because`: what they own that others bought the offer beside. */
export type Opening =
  | { readonly basis: 'open_case'; readonly subject: string }
  | { readonly basis: 'offer'; readonly subject: string; readonly because: string | null }
  | { readonly basis: 'check_in' };

const BLANK = '[…]';

const SAYS = {
  en: {
    greeting: (name: string) => `Hello ${name},`,
    open_case: (subject: string) =>
      `thank you for writing about “${subject}”. I am looking into it and will get back to you by ${BLANK}.`,
    offer: (name: string) =>
      `${name} may be of use to you: ${BLANK}. May I tell you more about it?`,
    offer_beside: (name: string, because: string) =>
      `many who have ${because} also chose ${name}. May I tell you more about it? I am free on ${BLANK}.`,
    check_in: () => `how are things going with ${BLANK}? If anything is missing, tell me.`,
    closing: 'Kind regards',
  },
  zh: {
    greeting: (name: string) => `${name}，您好：`,
    open_case: (subject: string) =>
      `感谢您就“${subject}”与我们联系。我正在处理，${BLANK}前答复您。`,
    offer: (name: string) => `${name}可能适合您：${BLANK}。方便时可否向您介绍一下？`,
    offer_beside: (name: string, because: string) =>
      `不少已有${because}的客户也选择了${name}。可否向您介绍一下？我${BLANK}有空。`,
    check_in: () => `近来${BLANK}使用得是否顺利？如有需要，请随时告诉我。`,
    closing: '顺颂商祺',
  },
} as const;

/** A letter by e-mail, one paragraph on channels for short messages. `blanks` are the places to fill in. */
export function opening(
  language: ReplyLanguage,
  name: string,
  channel: string,
  about: Opening,
): { readonly text: string; readonly blanks: number } {
  const says = SAYS[language];
  const body =
    about.basis === 'check_in'
      ? says.check_in()
      : about.basis === 'open_case'
        ? says.open_case(about.subject)
        : about.because === null
          ? says.offer(about.subject)
          : says.offer_beside(about.subject, about.because);
  const greeting = says.greeting(name);
  const text =
    channel === 'email'
      ? [greeting, capitalised(body), says.closing].join('\n\n')
      : [greeting, body].join(language === 'en' ? ' ' : '');
  return { text, blanks: text.split(BLANK).length - 1 };
}

const capitalised = (sentence: string): string =>
  sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
