/** An account's settings as GET and PUT /api/settings give and take them; figures that people read as per cent stand so. */

interface Hours {
  readonly fromHour: number;
  readonly toHour: number;
}

export interface Settings {
  readonly reach: {
    readonly touchesPerWeek: number;
    readonly explorationShare: number;
    readonly businessHours: Hours;
    readonly businessDays: readonly number[];
    readonly quietHours: Hours;
  };
  readonly churn: { readonly days: number };
  readonly holdout: { readonly share: number };
  readonly demographics: readonly string[];
  readonly models: { readonly retrainEveryDays: number };
  readonly properties: { readonly optional: boolean };
}

export interface SettingsAnswer {
  readonly settings: Settings;
  readonly audit: readonly {
    readonly at: string;
    readonly actor: string;
    readonly action: string;
    readonly detail: unknown;
  }[];
}

/** What the form holds: numbers as typed, lists as chosen. */
export interface Draft {
  readonly holdoutPercent: number | '';
  readonly explorationPercent: number | '';
  readonly churnDays: number | '';
  readonly touchesPerWeek: number | '';
  readonly openFrom: number | '';
  readonly openTo: number | '';
  readonly quietFrom: number | '';
  readonly quietTo: number | '';
  readonly retrainEveryDays: number | '';
  readonly businessDays: readonly string[];
  readonly demographics: readonly string[];
  readonly optional: boolean;
}

const percent = (share: number): number => Math.round(share * 1000) / 10;

export const draftOf = (s: Settings): Draft => ({
  holdoutPercent: percent(s.holdout.share),
  explorationPercent: percent(s.reach.explorationShare),
  churnDays: s.churn.days,
  touchesPerWeek: s.reach.touchesPerWeek,
  openFrom: s.reach.businessHours.fromHour,
  openTo: s.reach.businessHours.toHour,
  quietFrom: s.reach.quietHours.fromHour,
  quietTo: s.reach.quietHours.toHour,
  retrainEveryDays: s.models.retrainEveryDays,
  businessDays: s.reach.businessDays.map(String),
  demographics: s.demographics,
  optional: s.properties.optional,
});

/** Least and most that the server takes. */
export const LIMITS = {
  holdoutPercent: [0, 50],
  explorationPercent: [0, 10],
  churnDays: [7, 730],
  touchesPerWeek: [1, 50],
  openFrom: [0, 23],
  openTo: [1, 24],
  quietFrom: [0, 24],
  quietTo: [0, 24],
  retrainEveryDays: [1, 90],
} as const;
export type NumberField = keyof typeof LIMITS;
export const NUMBER_FIELDS = Object.keys(LIMITS) as NumberField[];

/** Fields that the server would not take, each with what is wrong. */
export function problemsOf(draft: Draft): Partial<Record<keyof Draft, 'range' | 'order' | 'days'>> {
  const outside = NUMBER_FIELDS.filter((field) => {
    const value = draft[field];
    const [least, most] = LIMITS[field];
    return value === '' || !(value >= least && value <= most);
  });
  return {
    ...Object.fromEntries(outside.map((field) => [field, 'range' as const])),
    ...(Number(draft.openFrom) >= Number(draft.openTo) ? { openTo: 'order' as const } : {}),
    ...(draft.businessDays.length === 0 ? { businessDays: 'days' as const } : {}),
  };
}

/** Only the parts that differ, so that each audit row names a change. */
export function changeOf(before: Settings, draft: Draft): Record<string, unknown> {
  const was = draftOf(before);
  const differs = (...fields: (keyof Draft)[]): boolean =>
    fields.some((field) => JSON.stringify(was[field]) !== JSON.stringify(draft[field]));
  const reach = {
    ...(differs('touchesPerWeek') ? { touchesPerWeek: draft.touchesPerWeek } : {}),
    ...(differs('explorationPercent')
      ? { explorationShare: Number(draft.explorationPercent) / 100 }
      : {}),
    ...(differs('openFrom', 'openTo')
      ? { businessHours: { fromHour: draft.openFrom, toHour: draft.openTo } }
      : {}),
    ...(differs('quietFrom', 'quietTo')
      ? { quietHours: { fromHour: draft.quietFrom, toHour: draft.quietTo } }
      : {}),
    ...(differs('businessDays')
      ? { businessDays: draft.businessDays.map(Number).sort((a, b) => a - b) }
      : {}),
  };
  return {
    ...(Object.keys(reach).length > 0 ? { reach } : {}),
    ...(differs('churnDays') ? { churn: { days: draft.churnDays } } : {}),
    ...(differs('holdoutPercent')
      ? { holdout: { share: Number(draft.holdoutPercent) / 100 } }
      : {}),
    ...(differs('demographics') ? { demographics: draft.demographics } : {}),
    ...(differs('retrainEveryDays')
      ? { models: { retrainEveryDays: draft.retrainEveryDays } }
      : {}),
    ...(differs('optional') ? { properties: { optional: draft.optional } } : {}),
  };
}

export async function readSettings(tenant: string): Promise<SettingsAnswer> {
  const response = await fetch(`/api/settings?${new URLSearchParams({ tenant })}`);
  if (!response.ok) throw new Error(`/api/settings answered ${response.status}`);
  return (await response.json()) as SettingsAnswer;
}

/** Throws with the server's own sentence when it refuses. */
export async function saveSettings(
  tenant: string,
  settings: Record<string, unknown>,
): Promise<void> {
  const response = await fetch('/api/settings', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant, settings }),
  });
  if (response.ok) return;
  const answer = (await response.json().catch(() => null)) as {
    error?: { message: string };
  } | null;
  throw new Error(answer?.error?.message ?? `/api/settings answered ${response.status}`);
}
