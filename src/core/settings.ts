/** What an admin may change, wherever they do it: the settings page in the CRM, the console, the command line. */
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { CHANNELS, type Channel } from './channel.ts';
import { serviceRulesSchema } from './service.ts';
import { DEMOGRAPHICS, type TenantSettings, WRITE_MODES } from './tenant.ts';

const hours = z.strictObject({
  fromHour: z.number().int().min(0).max(24),
  toHour: z.number().int().min(0).max(24),
});
const propertyName = z.string().regex(/^[a-z][a-z0-9_]{0,98}$/);
const isoDate = z.iso.date();

const reachSchema = z.strictObject({
  consentProperties: z.partialRecord(z.enum(CHANNELS), propertyName),
  explicitConsent: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  businessHours: hours.refine((h) => h.fromHour < h.toHour, { error: 'hours_order' }),
  businessDays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  quietHours: hours,
  holidays: z.array(isoDate).max(366),
  touchesPerWeek: z.number().int().min(1).max(50),
  defaultTimeZone: z.string().refine((name) => IANAZone.isValidZone(name), { error: 'time_zone' }),
  explorationShare: z.number().min(0).max(0.1),
});

const words = z.strictObject({
  en: z.array(z.string().trim().min(1).max(60)).max(200),
  zh: z.array(z.string().trim().min(1).max(60)).max(200),
});
const topicSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,49}$/),
  name: z.strictObject({
    en: z.string().trim().min(1).max(80),
    zh: z.string().trim().min(1).max(80),
  }),
  words,
});

/** A user of the CRM, by id or address. */
const person = z.string().trim().toLowerCase().min(1).max(254);

const settingsSchema = z.strictObject({
  reach: reachSchema.partial(),
  churn: z.strictObject({ days: z.number().int().min(7).max(730) }),
  demographics: z.array(z.enum(DEMOGRAPHICS)),
  writes: z.strictObject({ mode: z.enum(WRITE_MODES) }),
  service: serviceRulesSchema.partial(),
  holdout: z.strictObject({ share: z.number().min(0).max(0.5) }),
  feedback: z.strictObject({ topics: z.array(topicSchema).min(1).max(100) }),
  models: z
    .strictObject({ retrainEveryDays: z.number().int().min(1).max(90), autoFreeze: z.boolean() })
    .partial(),
  properties: z.strictObject({ optional: z.boolean() }),
  cards: z.strictObject({
    /** Empty = everybody who sees the record. */
    viewers: z.array(person).max(1000),
  }),
  access: z.strictObject({
    /** Nobody is locked out by an empty list. */
    editors: z.array(person).min(1).max(100),
  }),
});

/** Any part may be absent; within `reach`, `service` and `models` any field may be. */
export const settingsChangeSchema = settingsSchema.partial();
export type SettingsChange = z.output<typeof settingsChangeSchema>;

/** One field that cannot be taken: `path` as `reach.businessHours`, `code` a stable word. */
export interface SettingsProblem {
  readonly path: string;
  readonly code: string;
}

export type CheckedChange =
  | { readonly ok: true; readonly change: SettingsChange }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/** Zod's own codes, and those named above. */
export function checkSettings(value: unknown): CheckedChange {
  const parsed = settingsChangeSchema.safeParse(value);
  if (parsed.success) return { ok: true, change: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      code: issue.code === 'custom' ? issue.message : issue.code,
    })),
  };
}

/** The settings after a change: named fields are replaced, the others stay. */
export function applySettings(before: TenantSettings, change: SettingsChange): TenantSettings {
  const given = <T extends object>(part: T | undefined): Partial<T> =>
    Object.fromEntries(Object.entries(part ?? {}).filter(([, v]) => v !== undefined)) as Partial<T>;
  const reach = given(change.reach);
  return {
    ...before,
    ...given(change),
    reach: {
      ...before.reach,
      ...reach,
      consentProperties: (reach.consentProperties ?? before.reach.consentProperties) as Readonly<
        Partial<Record<Channel, string>>
      >,
    },
    service: { ...before.service, ...given(change.service) },
    models: { ...before.models, ...given(change.models) },
  } as TenantSettings;
}

interface CrmUser {
  readonly userId: string | null;
  readonly userEmail: string | null;
}

const isAmong = (list: readonly string[], { userId, userEmail }: CrmUser): boolean =>
  (userId !== null && list.includes(userId)) ||
  (userEmail !== null && list.includes(userEmail.toLowerCase()));

/** Whether this person of the CRM may change the settings: by user id or by address. */
export const mayChangeSettings = ({ access }: TenantSettings, user: CrmUser): boolean =>
  isAmong(access.editors, user);

/** Whether this person of the CRM may see the cards and use their buttons. */
export const maySeeCards = ({ cards }: TenantSettings, user: CrmUser): boolean =>
  cards.viewers.length === 0 || isAmong(cards.viewers, user);
