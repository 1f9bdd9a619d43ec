/** The observable fields of a contact that its hidden preferences lean on, and how they are drawn. */
import type { Random } from './random.ts';
import type { DemoSegment } from './types.ts';

export type DemoLanguage = 'en' | 'zh';
export const PROFILE_FIELDS = ['seniority', 'lifecycle', 'industry', 'language', 'source'] as const;

export interface Profile {
  readonly segment: DemoSegment;
  readonly language: DemoLanguage;
  readonly seniority: Seniority;
  readonly lifecycle: Lifecycle;
  readonly industry: Industry;
  readonly source: string;
}

export const FIELD_WEIGHTS = {
  language: { en: 70, zh: 30 },
  seniority: { executive: 8, director: 14, manager: 30, senior: 22, entry: 26 },
  industry: {
    COMPUTER_SOFTWARE: 18,
    FINANCIAL_SERVICES: 12,
    HOSPITAL_HEALTH_CARE: 8,
    MACHINERY: 12,
    EDUCATION_MANAGEMENT: 9,
    RETAIL: 11,
    LEGAL_SERVICES: 7,
    ARCHITECTURE_PLANNING: 8,
    HOSPITALITY: 7,
    LOGISTICS_AND_SUPPLY_CHAIN: 8,
  },
  source: {
    ORGANIC_SEARCH: 28,
    PAID_SEARCH: 10,
    EMAIL_MARKETING: 9,
    SOCIAL_MEDIA: 11,
    REFERRALS: 16,
    DIRECT_TRAFFIC: 14,
    OFFLINE: 12,
  },
} as const;
export type Seniority = keyof typeof FIELD_WEIGHTS.seniority;
export type Industry = keyof typeof FIELD_WEIGHTS.industry;

export const SEGMENT_WEIGHTS: Readonly<Record<DemoSegment, number>> = {
  champion: 8,
  steady: 18,
  occasional: 20,
  bargain: 12,
  newcomer: 10,
  dormant: 12,
  prospect: 20,
};

export const LIFECYCLES = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

/** Only `customer` and `evangelist` have bought. */
const LIFECYCLE_BY_SEGMENT: Readonly<
  Record<DemoSegment, Readonly<Partial<Record<Lifecycle, number>>>>
> = {
  champion: { customer: 60, evangelist: 40 },
  steady: { customer: 94, evangelist: 6 },
  occasional: { customer: 100 },
  bargain: { customer: 96, evangelist: 4 },
  newcomer: { customer: 70, opportunity: 20, salesqualifiedlead: 10 },
  dormant: { customer: 100 },
  prospect: {
    subscriber: 8,
    lead: 42,
    marketingqualifiedlead: 18,
    salesqualifiedlead: 12,
    opportunity: 20,
  },
};

/** `fixed` carries what the contact's company already decides. */
export function drawProfile(
  random: Random,
  fixed: Partial<Pick<Profile, 'language' | 'industry'>> = {},
): Profile {
  const segment = random.weighted(SEGMENT_WEIGHTS);
  return {
    segment,
    language: fixed.language ?? random.weighted(FIELD_WEIGHTS.language),
    seniority: random.weighted(FIELD_WEIGHTS.seniority),
    lifecycle: random.weighted(LIFECYCLE_BY_SEGMENT[segment] as Record<Lifecycle, number>),
    industry: fixed.industry ?? random.weighted(FIELD_WEIGHTS.industry),
    source: random.weighted(FIELD_WEIGHTS.source),
  };
}

export const hasBought = ({ lifecycle }: Profile): boolean =>
  lifecycle === 'customer' || lifecycle === 'evangelist';
