/** All frames by language, and how many there are. */
import type { FeedbackFrames, ToneFrames, TouchFrames } from './frame.ts';
import { EN_FEEDBACK } from './frames-en-feedback.ts';
import { EN_TONE } from './frames-en-tone.ts';
import { EN_TOUCH } from './frames-en-touch.ts';
import { ZH_FEEDBACK } from './frames-zh-feedback.ts';
import { ZH_TONE } from './frames-zh-tone.ts';
import { ZH_TOUCH } from './frames-zh-touch.ts';
import type { DemoLanguage } from './profile.ts';

export const FEEDBACK_FRAMES: Readonly<Record<DemoLanguage, FeedbackFrames>> = {
  en: EN_FEEDBACK,
  zh: ZH_FEEDBACK,
};
export const TONE_FRAMES: Readonly<Record<DemoLanguage, ToneFrames>> = { en: EN_TONE, zh: ZH_TONE };
export const TOUCH_FRAMES: Readonly<Record<DemoLanguage, TouchFrames>> = {
  en: EN_TOUCH,
  zh: ZH_TOUCH,
};

/** Every frame of the customer messages, or of the touches, as a flat list. */
export function framesOf(...tables: readonly object[]): string[] {
  return tables.flatMap((table) =>
    Object.values(table).flatMap((value: unknown) =>
      Array.isArray(value)
        ? (value as string[])
        : typeof value === 'object' && value !== null
          ? framesOf(value)
          : [],
    ),
  );
}
