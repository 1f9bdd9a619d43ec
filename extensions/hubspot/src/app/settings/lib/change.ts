/** The form's values → the change to send: only the parts that differ, in the server's form. */
import type { SettingsValues } from '../generated/settings-contract.ts';

/** The form also holds whether new scores are written at once. */
export interface Draft extends SettingsValues {
  readonly writing: boolean;
}

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

export function changeOf(before: Draft, after: Draft): Record<string, object> {
  const change: Record<string, object> = {};
  const put = (part: string, name: string, value: unknown) => {
    change[part] = { ...change[part], [name]: value };
  };
  const compare = (key: keyof Draft, part: string, name: string = key) => {
    if (differs(before[key], after[key])) put(part, name, after[key]);
  };
  compare('touchesPerWeek', 'reach');
  compare('businessHours', 'reach');
  compare('businessDays', 'reach');
  compare('quietHours', 'reach');
  compare('explorationShare', 'reach');
  compare('holdoutShare', 'holdout', 'share');
  compare('due', 'service');
  compare('replies', 'service');
  compare('autoFreeze', 'models');
  compare('retrainEveryDays', 'models');
  compare('optionalProperties', 'properties', 'optional');
  compare('viewers', 'cards');
  compare('editors', 'access');
  if (differs(before.overdueTasks, after.overdueTasks))
    put('service', 'tasks', { overdue: after.overdueTasks });
  if (differs(before.writing, after.writing))
    put('writes', 'mode', after.writing ? 'write' : 'dry_run');
  if (differs(before.demographics, after.demographics))
    change['demographics'] = [...after.demographics];
  return change;
}
