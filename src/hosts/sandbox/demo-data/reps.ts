/** The five owners of the portal and their habits, which alone (with the lifecycle) choose past channels. */

import type { Random } from './random.ts';
import type { DemoChannel } from './types.ts';

export interface Rep {
  readonly id: string;
  readonly userId: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** IANA zone the rep works in. */
  readonly timeZone: string;
  readonly languages: readonly ('en' | 'zh')[];
  readonly habit: Readonly<Record<DemoChannel, number>>;
  /** Weight of each working hour from 8 to 18, in the rep's own zone. */
  readonly hours: readonly number[];
}

export const REPS: readonly Rep[] = [
  {
    id: '70001',
    userId: 9001,
    firstName: 'Ines',
    lastName: 'Duarte',
    email: 'ines.duarte@larch-lumen.test',
    timeZone: 'Europe/Lisbon',
    languages: ['en'],
    habit: { phone: 40, email: 22, meeting: 10, sms: 10, whatsapp: 10, linkedin: 8 },
    hours: [2, 6, 8, 6, 2, 2, 4, 5, 5, 3, 2],
  },
  {
    id: '70002',
    userId: 9002,
    firstName: 'Oliver',
    lastName: 'Hartwell',
    email: 'oliver.hartwell@larch-lumen.test',
    timeZone: 'Europe/London',
    languages: ['en'],
    habit: { phone: 16, email: 40, meeting: 14, sms: 8, whatsapp: 8, linkedin: 14 },
    hours: [6, 7, 4, 3, 2, 3, 4, 5, 6, 4, 2],
  },
  {
    id: '70003',
    userId: 9003,
    firstName: 'Grace',
    lastName: 'Okafor',
    email: 'grace.okafor@larch-lumen.test',
    timeZone: 'America/New_York',
    languages: ['en'],
    habit: { phone: 20, email: 24, meeting: 8, sms: 20, whatsapp: 6, linkedin: 22 },
    hours: [5, 5, 5, 5, 4, 4, 5, 5, 5, 5, 4],
  },
  {
    id: '70004',
    userId: 9004,
    firstName: '敏',
    lastName: '沈',
    email: 'min.shen@larch-lumen.test',
    timeZone: 'Asia/Shanghai',
    languages: ['zh'],
    habit: { phone: 30, email: 14, meeting: 12, sms: 14, whatsapp: 24, linkedin: 6 },
    hours: [2, 6, 7, 5, 1, 2, 6, 7, 6, 5, 4],
  },
  {
    id: '70005',
    userId: 9005,
    firstName: 'Wei Ling',
    lastName: 'Tan',
    email: 'weiling.tan@larch-lumen.test',
    timeZone: 'Asia/Singapore',
    languages: ['zh', 'en'],
    habit: { phone: 14, email: 26, meeting: 20, sms: 8, whatsapp: 18, linkedin: 14 },
    hours: [4, 5, 5, 4, 2, 3, 5, 5, 5, 6, 6],
  },
];

const region = (zone: string): string =>
  zone.startsWith('America/') ? 'west' : /^(Asia|Australia)\//.test(zone) ? 'east' : 'middle';
const STRAY = 0.12;

/** A rep who speaks the language, mostly one whose working day overlaps the contact's. */
export function drawRep(language: 'en' | 'zh', zone: string, random: Random): Rep {
  const speakers = REPS.filter((rep) => rep.languages.includes(language));
  const near = speakers.filter((rep) => region(rep.timeZone) === region(zone));
  return random.pick(near.length === 0 || random.chance(STRAY) ? speakers : near);
}
