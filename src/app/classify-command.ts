/** `rapport classify "text"`: what Rapport reads in one message, and why. */
import { Command } from 'commander';
import { FEEDBACK_TYPES } from '../core/record.ts';
import { DEFAULT_TOPICS } from '../core/topic.ts';
import { builtInFeedback } from '../models/built-in-feedback.ts';
import { HEADS } from '../models/feedback-model.ts';
import { builtInReasons, classifyText } from '../models/text.ts';

export function classifyCommand(): Command {
  return new Command('classify')
    .description(
      'type, sentiment, urgency, topic and entities of one message, without any label of yours',
    )
    .argument('<text>', 'the message, or the whole thread')
    .option('--json', 'print one JSON object with every contribution')
    .action((text: string, { json }: { json?: boolean }) => {
      const answer = classifyMessage(text);
      console.log(json ? JSON.stringify(answer) : lines(answer).join('\n'));
    });
}

/** The answer of the built-in model; per head, `base + Σ effects = score` exactly. */
export function classifyMessage(text: string) {
  const model = builtInFeedback();
  const score = classifyText(null, { text }, model.state.version, DEFAULT_TOPICS);
  const answered = score.status === 'ready' || score.status === 'learning';
  const reading = answered ? model.read(text) : null;
  return {
    status: score.status,
    language: score.language,
    types: score.types,
    sentiment: score.sentiment,
    urgency: score.urgency,
    topic: score.topic,
    entities: score.entities,
    evidence: score.evidence,
    chances:
      reading === null
        ? null
        : Object.fromEntries(FEEDBACK_TYPES.map((type) => [type, reading.chances[type]])),
    contributions:
      reading === null
        ? {}
        : Object.fromEntries(
            HEADS.map((head) => {
              const { score: sum, base, effects } = reading.explain(head);
              const terms = effects
                .filter(({ effect }) => effect !== 0)
                .map(({ feature, effect, start, end }) => ({
                  feature,
                  text: text.slice(start, end),
                  effect,
                }))
                .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
              return [head, { score: sum, base, terms }];
            }),
          ),
    reasons:
      reading === null || score.type === null
        ? []
        : builtInReasons(text, reading, score.type.label),
    model_version: score.modelVersion,
  };
}

type Answer = ReturnType<typeof classifyMessage>;

function lines(answer: Answer): string[] {
  const percent = (p: number): string => `${Math.round(p * 100)} %`;
  const named = (part: { label: string; confidence: number } | null): string =>
    part === null ? 'not sure' : `${part.label} (${percent(part.confidence)})`;
  if (answer.status === 'unsupported_language')
    return ['The message is in a language Rapport does not read; it reads English and Chinese.'];
  if (answer.status === 'no_data') return ['There is no text to read.'];
  const why = answer.reasons
    .filter(({ code }) => code === 'text_term')
    .slice(0, 5)
    .map(
      ({ params, effect }) => `${effect > 0 ? '+' : '−'} “${params['term']}” ${effect.toFixed(2)}`,
    );
  return [
    `type: ${answer.types.map(named).join(', ') || 'not sure'}`,
    `sentiment: ${named(answer.sentiment)}`,
    `urgency: ${named(answer.urgency)}`,
    `language: ${answer.language}`,
    `topic: ${answer.topic ?? 'none of the list'}`,
    ...answer.entities.map((e) => `${e.kind}: ${e.value ?? e.text}`),
    ...(answer.evidence === null ? [] : [`evidence: ${answer.evidence}`]),
    ...why.map((reason) => `  ${reason}`),
  ];
}
