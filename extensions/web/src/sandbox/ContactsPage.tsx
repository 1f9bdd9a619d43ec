/** The list of contacts, with the scores Rapport has written. */
import { Link } from 'react-router';
import { Tag } from '../kit/data.tsx';
import { ListPage } from './ListPage.tsx';
import { fullName, useSandboxLanguage } from './language.ts';
import { listContacts } from './page-api.ts';
import { usePropertyLanguage } from './property-language.ts';

const COLUMNS = ['name', 'lifecycle', 'channel', 'chance', 'value', 'segment', 'status'] as const;

export function ContactsPage() {
  const { t, to, word } = useSandboxLanguage();
  const { option } = usePropertyLanguage();
  return (
    <ListPage
      name="contacts"
      title={t('contacts')}
      total={(n) => t('list.total', { n })}
      load={listContacts}
      head={COLUMNS.map((name) => t(`list.${name}`))}
      cells={({ id, properties: p }, held) => [
        <div key="name">
          <Link className="uie-link" to={to(`/sandbox/contacts/${id}`)}>
            {fullName(p)}
          </Link>
          <div className="crm-muted crm-small">{p['email']}</div>
        </div>,
        word('stage.', p['lifecyclestage']),
        option('rapport_best_channel', p['rapport_best_channel'], held),
        p['rapport_reply_prob'] ? `${Math.round(Number(p['rapport_reply_prob']) * 100)}%` : '—',
        option('rapport_value_band', p['rapport_value_band'], held),
        option('rapport_segment', p['rapport_segment'], held),
        p['rapport_status'] ? (
          <Tag key="status">{option('rapport_status', p['rapport_status'], held)}</Tag>
        ) : (
          '—'
        ),
      ]}
    />
  );
}
