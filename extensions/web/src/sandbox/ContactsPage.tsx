/** The list of contacts, with the scores Rapport has written. */
import { Link } from 'react-router';
import { Tag } from '../kit/data.tsx';
import { ListPage } from './ListPage.tsx';
import { fullName, useSandboxLanguage } from './language.ts';
import { listContacts } from './page-api.ts';

const COLUMNS = ['name', 'lifecycle', 'channel', 'chance', 'value', 'segment', 'status'] as const;

export function ContactsPage() {
  const { t, to, word } = useSandboxLanguage();
  return (
    <ListPage
      name="contacts"
      title={t('contacts')}
      total={(n) => t('list.total', { n })}
      load={listContacts}
      head={COLUMNS.map((name) => t(`list.${name}`))}
      cells={({ id, properties: p }) => [
        <div key="name">
          <Link className="uie-link" to={to(`/sandbox/contacts/${id}`)}>
            {fullName(p)}
          </Link>
          <div className="crm-muted crm-small">{p['email']}</div>
        </div>,
        word('stage.', p['lifecyclestage']),
        word('value.', p['rapport_best_channel']),
        p['rapport_reply_prob'] ? `${Math.round(Number(p['rapport_reply_prob']) * 100)}%` : '—',
        word('value.', p['rapport_value_band']),
        p['rapport_segment'] ?? '—',
        p['rapport_status'] ? <Tag key="status">{word('value.', p['rapport_status'])}</Tag> : '—',
      ]}
    />
  );
}
