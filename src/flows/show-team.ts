/** The app page: who waits for an answer, whom to reach next, and how it is going. */
import type { Contact, Ticket } from '../core/record.ts';
import type { ContactScore, TextScore } from '../core/score.ts';
import { mayChangeSettings } from '../core/settings.ts';
import type { TeamCase, TeamContact, TeamPage, TeamRate } from '../core/team-page.ts';
import type { Tenant } from '../core/tenant.ts';
import type { KpiCode } from '../models/kpis.ts';
import type { ModelReport } from '../models/portal-models.ts';
import { type FlowContext, hostOf } from './context.ts';
import { calledName } from './show-card.ts';
import type { Asker } from './show-settings.ts';

const CASES = 10;
const CONTACTS = 10;
const DAY_MS = 24 * 3600_000;

/** `null` tenant = the account is not connected. `consoleUrl` goes to those who may change settings. */
export async function showTeam(
  ctx: FlowContext,
  tenant: Tenant | null,
  asker: Asker,
  consoleUrl: string,
): Promise<TeamPage> {
  if (tenant === null || tenant.state === 'parked')
    return {
      state: 'not_connected',
      statistics: null,
      cases: [],
      contacts: [],
      results: null,
      sync: null,
      consoleUrl: null,
    };
  const { store } = ctx;
  const { id, settings } = tenant;
  const report = (await store.models.summary(id))?.report as Partial<ModelReport> | undefined;
  const { waiting, overdue } = await store.followUps.counts(id);
  const compared = (await store.certificates.all(id)).flatMap((c) => c.checked ?? []);
  return {
    state: tenant.state === 'ready' ? 'ready' : 'learning',
    statistics: {
      contacts: await store.records.count(id, 'contact'),
      scored: await store.scores.count(id, 'contact'),
      replies: rateOf(report, 'reply_rate'),
      open: waiting,
      overdue,
    },
    cases: await readCases(ctx, tenant),
    contacts: await readContacts(ctx, tenant),
    results: {
      holdoutShare: settings.holdout.share,
      uplift: upliftOf(report),
      onTime: rateOf(report, 'follow_up_on_time'),
    },
    sync: {
      state: tenant.state,
      lastEventAt: tenant.lastEventAt?.toISOString() ?? null,
      complete: compared.filter((c) => c.crm.checksum === c.stored.checksum).length,
      compared: compared.length,
    },
    consoleUrl: mayChangeSettings(settings, asker) ? consoleUrl : null,
  };
}

function rateOf(report: Partial<ModelReport> | undefined, code: KpiCode): TeamRate | null {
  const kpi = report?.kpis?.all.find((k) => k.code === code);
  if (report?.kpis === undefined || kpi === undefined) return null;
  const { value, low, high, n } = kpi;
  return { value, low, high, n, days: report.kpis.windowDays };
}

function upliftOf(
  report: Partial<ModelReport> | undefined,
): NonNullable<TeamPage['results']>['uplift'] {
  const uplift = report?.uplift ?? null;
  if (uplift === null) return null;
  const { estimate, low, high } = uplift.overall;
  return { verdict: uplift.verdict, estimate, low, high };
}

async function readCases(ctx: FlowContext, tenant: Tenant): Promise<TeamCase[]> {
  const { store } = ctx;
  const pressing = await store.followUps.pressing(tenant.id, CASES);
  const ids = pressing.map((p) => p.id);
  const tickets = await store.records.get<Ticket>(tenant.id, 'ticket', ids);
  const scores = await store.scores.get(tenant.id, 'ticket', ids);
  const authors = await store.records.get<Contact>(
    tenant.id,
    'contact',
    tickets.flatMap((t) => contactOf(t) ?? []),
  );
  const host = hostOf(ctx, tenant.host);
  return pressing.flatMap(({ id, overdue, dueAt }) => {
    const ticket = tickets.find((t) => t.id === id);
    if (ticket === undefined) return [];
    const score = scores.find((s) => s.id === id)?.data as TextScore | undefined;
    const author = authors.find((a) => a.id === contactOf(ticket));
    return [
      {
        id,
        title: ticket.subject,
        url: host.recordUrl(tenant.accountId, 'ticket', id),
        contact: author === undefined ? null : calledName(author),
        overdue,
        dueAt: dueAt.toISOString(),
        type: score?.type?.label ?? null,
        urgency: score?.urgency?.label ?? null,
      },
    ];
  });
}

const contactOf = (ticket: Ticket): string | undefined =>
  ticket.links.find((p) => p.kind === 'contact')?.id;

async function readContacts(ctx: FlowContext, tenant: Tenant): Promise<TeamContact[]> {
  const { store, clock } = ctx;
  const now = clock.now();
  const until = new Date(now.getTime() + DAY_MS);
  const rows = await store.scores.likeliest(tenant.id, now, until, CONTACTS);
  const people = await store.records.get<Contact>(
    tenant.id,
    'contact',
    rows.map((r) => r.id),
  );
  const host = hostOf(ctx, tenant.host);
  return rows.flatMap(({ id, data }) => {
    const { reach } = data as ContactScore;
    const person = people.find((p) => p.id === id);
    const best = reach?.ranked[0];
    if (person === undefined || best === undefined || reach === null) return [];
    if (reach.nextContactAt === null) return [];
    return [
      {
        id,
        name: calledName(person),
        url: host.recordUrl(tenant.accountId, 'contact', id),
        channel: best.channel,
        chance: best.chance,
        usual: best.usual,
        evidence: best.evidence,
        from: reach.nextContactAt,
        until: reach.nextContactUntil,
        timeZone: person.timeZone ?? tenant.settings.reach.defaultTimeZone,
      },
    ];
  });
}
