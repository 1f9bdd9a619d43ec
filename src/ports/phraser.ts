/** Puts a finished draft into friendlier words; the draft says everything, the phrasing adds nothing. */
export interface Phrasing {
  readonly message: string;
  readonly draft: string;
  readonly language: 'en' | 'zh';
}

/** `null` when no usable phrasing came in time: the draft is then used as it is. Never throws. */
export type Phraser = (of: Phrasing) => Promise<string | null>;
