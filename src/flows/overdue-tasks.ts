/** A task for each case whose answer is overdue, where the admin wants that: once per due time. */
import type { NewActivity } from '../core/activity.ts';
import { recordId } from '../core/ids.ts';
import type { Ticket } from '../core/record.ts';
import type { Store } from '../ports/store.ts';
import type { TenantContext } from './context.ts';
import { planActivity } from './plan-activity.ts';
import type { ScoredTicket } from './score-tickets.ts';

const WORDS = {
  en: { title: 'Overdue answer: ', due: 'Answer was due: ' },
  zh: { title: '逾期未答复：', due: '应答复时间：' },
} as const;

/** Returns how many are new; in a dry run they wait like every write. */
export async function planOverdueTasks(
  tx: Store,
  { tenant, clock }: Pick<TenantContext, 'tenant' | 'clock'>,
  scored: readonly ScoredTicket[],
  runId: number,
): Promise<number> {
  if (!tenant.settings.service.tasks.overdue) return 0;
  const late = scored.filter(({ data }) => data.case.followUp.state === 'overdue');
  const tickets = await tx.records.get<Ticket>(
    tenant.id,
    'ticket',
    late.map(({ id }) => id),
  );
  const now = clock.now();
  let planned = 0;
  for (const ticket of tickets) {
    const found = late.find(({ id }) => id === ticket.id);
    const dueAt = found?.data.case.followUp.dueAt;
    if (found === undefined || !dueAt) continue;
    const key = `overdue-${ticket.id}-${Date.parse(dueAt)}`;
    const { modelVersion } = found.data;
    const activity = overdueTask(ticket, found, dueAt, now);
    planned += Number(
      await planActivity(tx, tenant.id, runId, activity, { key, modelVersion, now }),
    );
  }
  return planned;
}

function overdueTask(
  ticket: Ticket,
  { data }: ScoredTicket,
  dueAt: string,
  now: Date,
): NewActivity {
  const words = WORDS[data.language.startsWith('zh') ? 'zh' : 'en'];
  const person = ticket.links.filter((l) => l.kind === 'contact').slice(0, 1);
  return {
    kind: 'task',
    about: [{ kind: 'ticket', id: recordId(ticket.id) }, ...person],
    subject: `${words.title}${ticket.subject}`.slice(0, 250),
    body: [
      `${words.due}${dueAt.slice(0, 16).replace('T', ' ')} UTC`,
      ...data.case.summary.map((line) => `“${line.text}”`),
    ].join('\n'),
    at: now,
    type: 'todo',
    ownerId: ticket.repId ?? null,
  };
}
