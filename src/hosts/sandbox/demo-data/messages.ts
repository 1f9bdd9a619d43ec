/** Customer messages with their true labels: the labels are drawn first, the words follow from them. */
import type { FeedbackType, Sentiment, Urgency } from '../../../core/record.ts';
import { fillFrame, type SlotFiller, type Topic } from './frame.ts';
import { FEEDBACK_FRAMES, TONE_FRAMES } from './frames.ts';
import type { Person } from './people.ts';
import type { DemoLanguage } from './profile.ts';
import type { Random } from './random.ts';
import { slotFiller } from './slots.ts';
import type { TextTruth } from './types.ts';
import { mistype } from './typos.ts';

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly topic: Topic;
  readonly truth: TextTruth;
}

type SentimentWeights = Readonly<Record<Sentiment, number>>;
const SENTIMENT_BY_TYPE: Readonly<Record<FeedbackType, SentimentWeights>> = {
  problem: { very_negative: 18, negative: 47, neutral: 30, positive: 5, very_positive: 0 },
  question: { very_negative: 2, negative: 13, neutral: 63, positive: 19, very_positive: 3 },
  suggestion: { very_negative: 2, negative: 13, neutral: 45, positive: 32, very_positive: 8 },
  praise: { very_negative: 0, negative: 0, neutral: 6, positive: 48, very_positive: 46 },
};
const URGENCY_BY_TYPE: Readonly<Record<FeedbackType, Readonly<Record<Urgency, number>>>> = {
  problem: { now: 16, today: 24, this_week: 28, none: 32 },
  question: { now: 4, today: 16, this_week: 32, none: 48 },
  suggestion: { now: 0, today: 1, this_week: 9, none: 90 },
  praise: { now: 0, today: 0, this_week: 2, none: 98 },
};
/** How often a message says its sentiment and urgency outright, rather than leaving them to be felt. */
const SAYS_SENTIMENT: SentimentWeights = {
  very_negative: 0.97,
  negative: 0.85,
  neutral: 0.45,
  positive: 0.8,
  very_positive: 0.97,
};
const SAYS_URGENCY: Readonly<Record<Urgency, number>> = {
  now: 0.97,
  today: 0.95,
  this_week: 0.9,
  none: 0.3,
};

export function writeMessage(
  person: Person,
  types: Readonly<Record<FeedbackType, number>>,
  random: Random,
  form: 'ticket' | 'survey',
): Message {
  const type = random.weighted(types);
  const sentiment = random.weighted(SENTIMENT_BY_TYPE[type]);
  const urgency = random.weighted(URGENCY_BY_TYPE[type]);
  const { main, other } = drawLanguages(person.profile.language, random);
  const topic = topicOf(type, random);
  const fills: Record<DemoLanguage, SlotFiller> = {
    en: slotFiller({ language: 'en', person, company: person.company }, random),
    zh: slotFiller({ language: 'zh', person, company: person.company }, random),
  };
  const say = (frames: readonly string[], language: DemoLanguage): string =>
    fillFrame(random.pick(frames), fills[language], random);

  const body = [say(FEEDBACK_FRAMES[main][topic], main)];
  const side = other ?? main;
  if (random.chance(0.3)) body.push(say(FEEDBACK_FRAMES[main][topic], main));
  if (other !== null) body.push(say(FEEDBACK_FRAMES[other][topic], other));
  if (random.chance(0.18)) {
    const second = random.pick(OTHER_TOPICS[type]);
    body.push(say(FEEDBACK_FRAMES[side][second], side));
  }
  if (random.chance(SAYS_SENTIMENT[sentiment])) {
    insertTone(body, say(TONE_FRAMES[side].sentiment[sentiment], side), random);
  }
  if (random.chance(SAYS_URGENCY[urgency])) {
    insertTone(body, say(TONE_FRAMES[main].urgency[urgency], main), random);
  }
  if (random.chance(0.35)) insertTone(body, say(TONE_FRAMES[main].fillers, main), random);

  let text = joinSentences(body, main);
  if (random.chance(0.28)) text = mistype(text, main, random);
  if (form === 'ticket') {
    if (random.chance(0.6)) text = `${say(TONE_FRAMES[main].greetings, main)}\n${text}`;
    if (random.chance(0.6)) text = `${text}\n${say(TONE_FRAMES[main].closings, main)}`;
  }
  const language = other !== null ? 'mixed' : main === 'zh' ? 'zh_hans' : 'en';
  const subject = say(FEEDBACK_FRAMES[main].subjects[topic], main);
  return { subject, text, topic, truth: { type, sentiment, urgency, language } };
}

const OTHER_TOPICS: Readonly<Record<FeedbackType, readonly Topic[]>> = {
  problem: ['suggestion', 'question', 'praise'],
  suggestion: ['praise', 'question', 'problemProduct'],
  praise: ['suggestion', 'question'],
  question: ['problemProduct', 'praise', 'suggestion'],
};

function topicOf(type: FeedbackType, random: Random): Topic {
  if (type !== 'problem') return type;
  return random.chance(0.26) ? 'problemBilling' : 'problemProduct';
}

/** Chinese-speaking contacts write mostly Chinese, at times English or both in one message. */
function drawLanguages(
  language: DemoLanguage,
  random: Random,
): { main: DemoLanguage; other: DemoLanguage | null } {
  if (language === 'en') return { main: 'en', other: random.chance(0.01) ? 'zh' : null };
  const roll = random.next();
  if (roll < 0.8) return { main: 'zh', other: null };
  return roll < 0.93 ? { main: 'zh', other: 'en' } : { main: 'en', other: null };
}

/** Mostly behind what it colours, at times in front. */
function insertTone(body: string[], sentence: string, random: Random): void {
  if (random.chance(0.25)) body.unshift(sentence);
  else body.push(sentence);
}

function joinSentences(sentences: readonly string[], main: DemoLanguage): string {
  return sentences.join(main === 'zh' && sentences.every((s) => !/^[A-Z]/.test(s)) ? '' : ' ');
}
