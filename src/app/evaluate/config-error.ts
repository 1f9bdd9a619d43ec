/** What a method refuses in a user's file is the user's to put right: one clear error, exit code 2. */
import { RapportError } from '../../core/errors.ts';

/** Runs `work`; data the method cannot use become `config_invalid` naming the file. */
export function onUserData<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const refused =
      cause instanceof RapportError &&
      (cause.code === 'invalid_payload' || cause.code === 'not_enough_data');
    if (!refused) throw cause;
    throw new RapportError('config_invalid', `${file}: ${cause.message}.`, { cause });
  }
}

/** The option's value as a number in [low, high]. */
export function numberOption(name: string, text: string, low: number, high: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= low && value <= high))
    throw new RapportError(
      'config_invalid',
      `--${name} must be a number from ${low} to ${high}, not "${text}".`,
    );
  return value;
}
