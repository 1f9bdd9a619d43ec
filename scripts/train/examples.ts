/** The training messages: our own frames varied and joined, and the questions of Banking77. */
import type { FeedbackType } from '../../src/core/record.ts';
import { EN_FEEDBACK } from '../../src/hosts/sandbox/demo-data/frames-en-feedback.ts';
import { EN_TONE } from '../../src/hosts/sandbox/demo-data/frames-en-tone.ts';
import { ZH_FEEDBACK } from '../../src/hosts/sandbox/demo-data/frames-zh-feedback.ts';
import { ZH_TONE } from '../../src/hosts/sandbox/demo-data/frames-zh-tone.ts';
import type { Random } from '../../src/ml/random.ts';

/** `null` = the label is not known of this text. Sentiment −2 … 2, urgency 0 (none) … 3 (now). */
export interface Example {
  readonly text: string;
  readonly types: readonly FeedbackType[] | null;
  readonly sentiment: number | null;
  readonly urgency: number | null;
  readonly language: 'en' | 'zh';
  /** Left out together when the model is judged. */
  readonly domain: string;
}

export type Frame = Example;

const SENTIMENT: Readonly<Record<string, number>> = { '--': -2, '-': -1, '0': 0, '+': 1, '++': 2 };
const URGENCY: Readonly<Record<string, number>> = { none: 0, week: 1, today: 2, now: 3 };

/** Lines under `[types sentiment urgency]` headings; `?` where a label is not known. */
export function parseFrames(file: string, language: 'en' | 'zh', domain: string): Frame[] {
  const frames: Frame[] = [];
  let labels: Pick<Example, 'types' | 'sentiment' | 'urgency'> | null = null;
  for (const line of file.split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    const heading = /^\[(\?|[\w+]+) (\?|--|-|0|\+\+|\+) (\?|\w+)\]$/.exec(line);
    if (heading !== null) {
      const [, types = '?', sentiment = '?', urgency = '?'] = heading;
      labels = {
        types:
          types === '?' ? null : types === 'neutral' ? [] : (types.split('+') as FeedbackType[]),
        sentiment: SENTIMENT[sentiment] ?? null,
        urgency: URGENCY[urgency] ?? null,
      };
    } else if (labels !== null) frames.push({ text: line, ...labels, language, domain });
    else throw new Error(`${domain}: a line before the first heading: ${line}`);
  }
  return frames;
}

/** The demo portal's frames: what they are about, their tone, their urgency. */
export function demoFrames(): Frame[] {
  const sets = [
    { language: 'en', feedback: EN_FEEDBACK, tone: EN_TONE },
    { language: 'zh', feedback: ZH_FEEDBACK, tone: ZH_TONE },
  ] as const;
  const none = { types: null, sentiment: null, urgency: null, domain: 'demo' };
  const levels = ['very_negative', 'negative', 'neutral', 'positive', 'very_positive'] as const;
  const scale = ['none', 'this_week', 'today', 'now'] as const;
  return sets.flatMap(({ language, feedback, tone }) => {
    const of = (texts: readonly string[], labels: Partial<Example>): Frame[] =>
      texts.map((text) => ({ ...none, language, text, ...labels }));
    return [
      ...of([...feedback.problemProduct, ...feedback.problemBilling], {
        types: ['problem'],
        sentiment: -1,
        urgency: 0,
      }),
      ...of(feedback.suggestion, { types: ['suggestion'], sentiment: 0, urgency: 0 }),
      ...of(feedback.praise, { types: ['praise'], sentiment: 1, urgency: 0 }),
      ...of(feedback.question, { types: ['question'], sentiment: 0, urgency: 0 }),
      ...levels.flatMap((level, k) => of(tone.sentiment[level], { sentiment: k - 2, urgency: 0 })),
      ...scale.flatMap((level, k) => of(tone.urgency[level], { urgency: k })),
      ...of([...tone.greetings, ...tone.fillers], { types: [], sentiment: 0, urgency: 0 }),
    ];
  });
}

const SLOTS: Readonly<Record<'en' | 'zh', Readonly<Record<string, readonly string[]>>>> = {
  en: {
    thing: [
      'chair',
      'jacket',
      'lamp',
      'phone',
      'kettle',
      'book',
      'watch',
      'vacuum cleaner',
      'toy',
      'pair of shoes',
    ],
    feature: [
      'the calendar',
      'the shared list',
      'the report page',
      'my messages',
      'the map',
      'the photo album',
      'the room planner',
    ],
    product: ['standing desk', 'meeting screen', 'conference camera', 'panel', 'sensor', 'lamp'],
    product2: ['monitor arm', 'docking station'],
    part: ['power supply', 'remote', 'armrest', 'cable', 'hinge', 'fan'],
    place: ['Berlin', 'Toronto', 'Shanghai', 'Denver', 'Lisbon'],
    person: ['Anna', 'Mr Lopez', 'Priya', 'James'],
    day: ['Monday', 'Tuesday', 'Wednesday', 'Friday'],
    team: ['finance', 'support', 'design'],
    days: ['2', '5', '12'],
  },
  zh: {
    thing: ['椅子', '外套', '台灯', '手机', '水壶', '书', '手表', '吸尘器', '玩具', '鞋'],
    feature: ['日历', '共享清单', '报表', '消息', '地图', '相册', '预订系统'],
    product: ['升降桌', '会议屏', '摄像头', '门口面板', '传感器', '台灯'],
    product2: ['显示器支架', '扩展坞'],
    part: ['电源', '遥控器', '扶手', '线缆', '合页', '风扇'],
    place: ['北京', '上海', '成都', '多伦多', '里斯本'],
    person: ['小王', '李经理', '张师傅', '陈老师'],
    day: ['周一', '周二', '周三', '周五'],
    team: ['财务部', '客服部', '设计部'],
    days: ['2', '5', '12'],
  },
};
const SAME: Readonly<Record<string, string>> = {
  weekday: 'day',
  city: 'place',
  rep: 'person',
  first: 'person',
  name: 'person',
  company: 'place',
};

export function fill(frame: Frame, random: Random): string {
  const slots = SLOTS[frame.language];
  const pick = (options: readonly string[]): string => options[random.int(options.length)] ?? '';
  return frame.text.replace(
    /\{(\w+)\}|\[([^\]]+)\]/g,
    (_match, slot?: string, choices?: string) => {
      if (slot === undefined) return pick((choices ?? '').split('|'));
      const options = slots[SAME[slot] ?? slot];
      if (options !== undefined) return pick(options);
      if (slot.startsWith('amount'))
        return frame.language === 'en' ? `€${random.int(900) + 20}` : `${random.int(900) + 20}元`;
      if (slot === 'order') return `#${random.int(90_000) + 10_000}`;
      return String(random.int(30) + 2);
    },
  );
}

/** People leave out capitals, full stops and question marks. */
function untidy(text: string, language: 'en' | 'zh', random: Random): string {
  const roll = random.next();
  if (roll < 0.15) return text.toLowerCase().replace(/[.。]$/, '');
  if (roll < 0.25) return text.replace(/[.。?？!！]$/, '');
  if (roll < 0.3) return language === 'en' ? text.replace(/\.$/, '!') : text.replace(/。$/, '！');
  if (roll < 0.36)
    return language === 'en' ? text.replace(/'/g, '') : text.replace(/[，。]/g, ' ').trim();
  return text;
}

/** Of two sentences: both types, the more pressing urgency, the stronger of two moods that agree. */
function joined(a: Frame, b: Frame, random: Random): Example {
  const unlike = a.sentiment !== null && b.sentiment !== null && a.sentiment * b.sentiment < 0;
  const stronger =
    a.sentiment === null || b.sentiment === null || unlike
      ? null
      : Math.abs(a.sentiment) >= Math.abs(b.sentiment)
        ? a.sentiment
        : b.sentiment;
  return {
    text: [a, b]
      .map((f) => untidy(fill(f, random), f.language, random))
      .join(a.language === 'en' ? ' ' : ''),
    types: a.types === null || b.types === null ? null : [...new Set([...a.types, ...b.types])],
    sentiment: stronger,
    urgency: a.urgency === null || b.urgency === null ? null : Math.max(a.urgency, b.urgency),
    language: a.language,
    domain: a.domain,
  };
}

const COPIES = 3;
const JOINED = 2;

/** Every frame a few times alone and a few times before another of its domain. */
export function examplesOf(frames: readonly Frame[], random: Random): Example[] {
  const keyOf = (f: Frame): string => `${f.domain} ${f.language}`;
  const groups = new Map<string, Frame[]>();
  for (const f of frames) groups.set(keyOf(f), [...(groups.get(keyOf(f)) ?? []), f]);
  return frames.flatMap((frame) => {
    const others = groups.get(keyOf(frame)) ?? [];
    const alone = Array.from({ length: COPIES }, () => ({
      ...frame,
      text: untidy(fill(frame, random), frame.language, random),
    }));
    const pairs = Array.from({ length: JOINED }, () =>
      joined(frame, others[random.int(others.length)] ?? frame, random),
    );
    return [...alone, ...pairs];
  });
}

/** Banking77 texts ask or request; nothing else is taken from them. */
export const questionsOf = (file: string): Example[] =>
  file
    .split('\n')
    .filter((line) => line !== '')
    .map((text) => ({
      text,
      types: ['question'],
      sentiment: null,
      urgency: null,
      language: 'en',
      domain: 'banking77',
    }));
