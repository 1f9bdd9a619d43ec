/** Phrasing by a language model behind an OpenAI-compatible endpoint of the operator's own; off by default. */
import { z } from 'zod';
import type { Log } from '../ports/log.ts';
import type { Phraser, Phrasing } from '../ports/phraser.ts';

export interface PhraserOptions {
  /** Base of the API, such as `http://127.0.0.1:8080/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key: string | undefined;
  readonly timeoutMs: number;
}

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});
const MAX_ANSWER = 4_000;

const INSTRUCTION = {
  en: 'Rewrite the draft as a short, friendly reply to the customer. Keep every fact, number and link exactly; add none. Answer with the reply alone, in English.',
  zh: '请把草稿改写成给客户的简短、友好的回复。事实、数字和链接必须原样保留，不得添加。只输出回复正文，用简体中文。',
} as const;

export function createPhraser(options: PhraserOptions, log: Log): Phraser {
  return async (of) => {
    try {
      const text = await ask(options, of);
      if (text !== null && addsNothing(text, of.draft)) return text;
      log.warn('phrasing refused', { code: text === null ? 'no answer' : 'new facts' });
    } catch (error) {
      log.warn('phrasing failed', { code: error instanceof Error ? error.name : 'unknown' });
    }
    return null;
  };
}

async function ask(options: PhraserOptions, of: Phrasing): Promise<string | null> {
  const response = await fetch(`${options.url}/chat/completions`, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeoutMs),
    headers: {
      'content-type': 'application/json',
      ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
    },
    body: JSON.stringify({
      model: options.model,
      temperature: 0,
      messages: [
        { role: 'system', content: INSTRUCTION[of.language] },
        { role: 'user', content: JSON.stringify({ message: of.message, draft: of.draft }) },
      ],
    }),
  });
  if (!response.ok) return null;
  const parsed = answerSchema.safeParse(await response.json());
  const text = parsed.data?.choices[0]?.message.content.trim() ?? '';
  return text === '' || text.length > MAX_ANSWER ? null : text;
}

const FACTS = /https?:\/\/[^\s)）。，]+|[\w.+-]+@[\w-]+\.[\w.]+|\d[\d.,:/-]*/g;

/** Every number and address of the phrasing stands in the draft, and none of the draft's is lost. */
export function addsNothing(text: string, draft: string): boolean {
  const facts = (from: string): Set<string> =>
    new Set((from.match(FACTS) ?? []).map((fact) => fact.replace(/[.,:/-]+$/, '')));
  const held = facts(draft);
  const said = facts(text);
  return [...said].every((f) => held.has(f)) && [...held].every((f) => said.has(f));
}
