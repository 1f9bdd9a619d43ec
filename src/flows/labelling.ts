/** The messages Rapport is least certain of, offered to people for labelling. */
import type { FeedbackItem, Ticket } from '../core/record.ts';
import type { TextScore } from '../core/score.ts';
import { cleanMessage } from '../ml/text/message/clean.ts';
import { nearDuplicateGroups } from '../ml/text/near-duplicates.ts';
import { joinText } from '../models/text-labels.ts';
import type { TenantContext } from './context.ts';

const OFFERED = 20;
/** Asked for at first, because copies of one message are offered once. */
const READ = 100;

export interface Uncertain {
  readonly kind: 'ticket' | 'feedback';
  readonly id: string;
  readonly text: string;
  readonly language: string;
  readonly type: string;
  /** 0–1. */
  readonly confidence: number;
}

/** The twenty least certain, least certain first; corrected ones and near-copies are left out. */
export async function leastCertain({
  store,
  tenant,
}: Pick<TenantContext, 'store' | 'tenant'>): Promise<Uncertain[]> {
  const rows = await store.scores.leastCertain(tenant.id, READ);
  const texts = new Map<string, string>();
  for (const kind of ['ticket', 'feedback'] as const) {
    const ids = rows.filter((r) => r.kind === kind).map((r) => r.id);
    for (const record of await store.records.get<Ticket | FeedbackItem>(tenant.id, kind, ids))
      texts.set(
        `${kind} ${record.id}`,
        cleanMessage(record.kind === 'ticket' ? joinText(record.subject, record.text) : record.text)
          .text,
      );
  }
  const found = rows.flatMap((row): Uncertain[] => {
    const { type, language } = row.data as TextScore;
    const text = texts.get(`${row.kind} ${row.id}`);
    if (text === undefined || type === null) return [];
    const kind = row.kind as Uncertain['kind'];
    return [{ kind, id: row.id, text, language, type: type.label, confidence: type.confidence }];
  });
  const groups = nearDuplicateGroups(found.map((f) => f.text));
  return found.filter((_, i) => groups[i] === i).slice(0, OFFERED);
}
