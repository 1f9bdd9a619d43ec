/** What happened with this contact: tickets, and calls, mails, meetings and messages, newest first. */

import { Link } from 'react-router';
import { StatusTag } from '../kit/data.tsx';
import { Icon } from '../kit/text.tsx';
import { useSandboxLanguage } from './language.ts';
import type { DealRow, FeedbackRow, TicketRow, TimelineItem } from './page-api.ts';

const ICONS: Readonly<Record<string, string>> = {
  call: 'calling',
  email: 'email',
  meeting: 'appointment',
  note: 'edit',
  communication: 'messages',
  feedback: 'comment',
  task: 'success',
};
const SHOWN = 30;

function useTime() {
  const { zh } = useSandboxLanguage();
  const format = new Intl.DateTimeFormat(zh ? 'zh-CN' : 'en', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return (at: string) => <time dateTime={at}>{format.format(new Date(at))}</time>;
}

export function Deals({ deals }: { readonly deals: readonly DealRow[] }) {
  const { t, to, zh } = useSandboxLanguage();
  if (deals.length === 0) return null;
  const money = new Intl.NumberFormat(zh ? 'zh-CN' : 'en', { style: 'currency', currency: 'EUR' });
  return (
    <section className="crm-panel">
      <h2>{t('deals')}</h2>
      <ul className="crm-related">
        {deals.slice(0, SHOWN).map(({ id, name, amount }) => (
          <li key={id}>
            <Link className="uie-link" to={to(`/sandbox/deals/${id}`)}>
              {name}
            </Link>{' '}
            <span className="crm-muted crm-small">
              {amount === null ? null : money.format(Number(amount))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Tickets({ tickets }: { readonly tickets: readonly TicketRow[] }) {
  const { t, to } = useSandboxLanguage();
  const time = useTime();
  return (
    <section className="crm-panel">
      <h2>{t('tickets')}</h2>
      {tickets.length === 0 ? <p className="crm-muted">{t('tickets.none')}</p> : null}
      <ul className="crm-items">
        {tickets.map((ticket) => (
          <li key={ticket.id} className="crm-item">
            <Icon name="ticket" size="md" />
            <div>
              <p className="crm-item__title">
                <Link className="uie-link" to={to(`/sandbox/tickets/${ticket.id}`)}>
                  {ticket.subject}
                </Link>
              </p>
              <p>{ticket.content}</p>
              <p className="crm-muted crm-small">
                <StatusTag variant={ticket.open ? 'warning' : 'default'}>
                  {t(ticket.open ? 'open' : 'closed')}
                </StatusTag>{' '}
                {time(ticket.createdAt)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const asItem = (row: FeedbackRow): TimelineItem => ({
  id: row.id,
  kind: 'feedback',
  at: row.at,
  direction: 'inbound',
  title: row.survey ?? '',
  body: row.content,
  answered: null,
});

interface TimelineProps {
  readonly items: readonly TimelineItem[];
  readonly feedback: readonly FeedbackRow[];
}

export function Timeline({ items, feedback }: TimelineProps) {
  const all = [...items, ...feedback.map(asItem)].sort((a, b) => (a.at < b.at ? 1 : -1));
  const { t, word } = useSandboxLanguage();
  const time = useTime();
  const facts = (item: TimelineItem) => [
    word('kind.', item.kind),
    item.direction === null ? null : t(item.direction),
    item.answered === null || item.kind !== 'call'
      ? null
      : t(item.answered ? 'answered' : 'unanswered'),
  ];
  return (
    <section className="crm-panel">
      <h2>{t('timeline')}</h2>
      {all.length === 0 ? <p className="crm-muted">{t('timeline.none')}</p> : null}
      <ul className="crm-items">
        {all.slice(0, SHOWN).map((item) => (
          <li key={`${item.kind}:${item.id}`} id={`activity-${item.id}`} className="crm-item">
            <Icon name={ICONS[item.kind] ?? 'info'} size="md" />
            <div>
              {item.title ? <p className="crm-item__title">{item.title}</p> : null}
              {item.body ? <p className="crm-text">{item.body}</p> : null}
              <p className="crm-muted crm-small">
                {facts(item).filter(Boolean).join(' · ')} · {time(item.at)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
