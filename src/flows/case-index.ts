/** The index of a tenant's closed cases, built from the store once per model version and day. */
import type { Ticket } from '../core/record.ts';
import { TextIndex } from '../models/case-index.ts';
import { joinText } from '../models/text-labels.ts';
import type { TenantContext } from './context.ts';

const PAGE = 500;
const KEPT = 16;
const held = new Map<string, Promise<TextIndex>>();

/** Holds ids and word weights only; whoever shows a case reads it from the store, where erased people are gone. */
export function caseIndex(
  ctx: Pick<TenantContext, 'store' | 'tenant' | 'clock'>,
  modelVersion: string,
): Promise<TextIndex> {
  const day = ctx.clock.now().toISOString().slice(0, 10);
  const key = `${ctx.tenant.id} ${modelVersion} ${day}`;
  const known = held.get(key);
  if (known !== undefined) return known;
  for (const old of held.keys()) if (old.startsWith(`${ctx.tenant.id} `)) held.delete(old);
  if (held.size >= KEPT) held.delete(held.keys().next().value ?? '');
  const index = build(ctx);
  held.set(key, index);
  // A failed build is tried again by whoever asks next.
  index.catch(() => held.delete(key));
  return index;
}

async function build({ store, tenant }: Pick<TenantContext, 'store' | 'tenant'>) {
  const texts: { id: string; text: string }[] = [];
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await store.records.page(tenant.id, 'ticket', after, PAGE);
    const last = ids.at(-1);
    if (last === undefined) return new TextIndex(texts);
    for (const ticket of await store.records.get<Ticket>(tenant.id, 'ticket', ids))
      if (!ticket.open) texts.push({ id: ticket.id, text: joinText(ticket.subject, ticket.text) });
    after = last;
  }
}
