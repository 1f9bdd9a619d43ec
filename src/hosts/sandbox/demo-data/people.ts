/** Who is in the portal: companies and contacts with their fields, gaps and oddities. */
import {
  COMPANY_STEMS_EN,
  COMPANY_STEMS_ZH,
  COMPANY_SUFFIX,
  EMOJI,
  FAMILY_ZH,
  FIRST_EN,
  GIVEN_ZH,
  LAST_EN,
  LONG_NAMES,
  TITLES,
} from './names.ts';
import { PLACES_EN, PLACES_ZH, type Place } from './places.ts';
import {
  type DemoLanguage,
  drawProfile,
  FIELD_WEIGHTS,
  type Industry,
  type Profile,
} from './profile.ts';
import type { Random } from './random.ts';
import { drawRep, type Rep } from './reps.ts';

export interface Company {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly industry: Industry;
  readonly language: DemoLanguage;
  readonly place: Place;
  readonly employees: number;
  readonly rep: Rep;
}

export type ConsentValue = 'granted' | 'denied' | undefined;

export interface Person {
  readonly profile: Profile;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly mobile: string | undefined;
  readonly linkedin: string | undefined;
  readonly jobTitle: string;
  readonly place: Place;
  readonly hasZone: boolean;
  readonly company: Company | null;
  readonly rep: Rep;
  readonly emailOptOut: boolean;
  readonly phoneConsent: ConsentValue;
  readonly smsConsent: ConsentValue;
  readonly whatsappConsent: ConsentValue;
  /** Nobody ever touched this contact. */
  readonly silent: boolean;
}

export function drawCompany(id: string, language: DemoLanguage, random: Random): Company {
  const industry = random.weighted(FIELD_WEIGHTS.industry);
  const place = random.pick(language === 'zh' ? PLACES_ZH : PLACES_EN);
  const suffix = random.pick(COMPANY_SUFFIX[language][industry]);
  const name =
    language === 'zh'
      ? `${place.city}${random.pick(COMPANY_STEMS_ZH)}${suffix}${random.chance(0.6) ? '有限公司' : ''}`
      : `${random.pick(COMPANY_STEMS_EN)} ${suffix}${random.chance(0.25) ? ' Ltd' : ''}`;
  const [, pinyin] = random.pick(GIVEN_ZH);
  const stem = language === 'zh' ? pinyin : slug(name);
  return {
    id,
    name,
    domain: `${stem}-${id}.example.test`,
    industry,
    language,
    place,
    employees: Math.max(3, Math.round(random.logNormal(120, 1.2))),
    rep: drawRep(language, place.zone, random),
  };
}

export function drawPerson(
  index: number,
  language: DemoLanguage,
  company: Company | null,
  random: Random,
): Person {
  const profile = drawProfile(
    random,
    company === null ? { language } : { language, industry: company.industry },
  );
  const place = company?.place ?? random.pick(language === 'zh' ? PLACES_ZH : PLACES_EN);
  const name = drawName(language, random);
  const reachable = !random.chance(0.005);
  return {
    profile,
    firstName: name.first,
    lastName: name.last,
    email: random.chance(0.03)
      ? undefined
      : `${name.mailbox}.${String(index)}@${company?.domain ?? 'mail.example.test'}`,
    phone: random.chance(0.12) ? undefined : phoneNumber(place, '2', random),
    mobile: random.chance(0.3) ? undefined : phoneNumber(place, '9', random),
    linkedin: random.chance(language === 'zh' ? 0.3 : 0.6)
      ? `https://www.linkedin.example.test/in/${name.mailbox.replace('.', '-')}-${String(index)}`
      : undefined,
    jobTitle: random.pick(TITLES[language][profile.seniority]),
    place,
    hasZone: !random.chance(0.06),
    company,
    rep: company?.rep ?? drawRep(language, place.zone, random),
    emailOptOut: !reachable || random.chance(0.06),
    phoneConsent: consent(random, reachable, 0.35, 0.06),
    smsConsent: consent(random, reachable, 0.45, 0.06),
    whatsappConsent: consent(random, reachable, 0.45, 0.06),
    silent: random.chance(0.05),
  };
}

/** The same human entered twice: same name, telephone and company, another mailbox or none. */
export function duplicateOf(person: Person, index: number, random: Random): Person {
  const at = person.email?.split('@')[1] ?? 'mail.example.test';
  return {
    ...person,
    email: random.chance(0.3) ? undefined : `info.${String(index)}@${at}`,
    linkedin: undefined,
    silent: random.chance(0.4),
  };
}

function consent(random: Random, reachable: boolean, unset: number, denied: number): ConsentValue {
  const roll = random.next();
  if (!reachable) return 'denied';
  if (roll < unset) return undefined;
  return roll < unset + denied ? 'denied' : 'granted';
}

function drawName(
  language: DemoLanguage,
  random: Random,
): { first: string; last: string; mailbox: string } {
  if (language === 'zh') {
    const [first, given] = random.pick(GIVEN_ZH);
    const [last, family] = random.pick(FAMILY_ZH);
    const mailbox = `${given}.${family}`;
    return random.chance(0.12)
      ? { first: capital(given), last: capital(family), mailbox }
      : { first, last, mailbox };
  }
  let first = random.pick(FIRST_EN);
  let last = random.pick(LAST_EN);
  if (random.chance(0.003)) [first, last] = random.pick(LONG_NAMES) as [string, string];
  const mailbox = `${slug(first)}.${slug(last)}`;
  if (random.chance(0.006)) first = `${first} ${random.pick(EMOJI)}`;
  return { first, last, mailbox };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const slug = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
    .slice(0, 20);
const phoneNumber = ({ dial }: Place, lead: string, random: Random): string =>
  `${dial} ${lead}${String(random.int(10, 99))} 555 ${String(random.int(1000, 9999))}`;
