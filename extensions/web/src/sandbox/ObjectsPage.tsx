/** The lists of companies, deals and tickets, with the scores Rapport has written. */
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ListPage } from './ListPage.tsx';
import { type PageKey, useSandboxLanguage } from './language.ts';
import { listObjects, type ObjectType, type Properties } from './page-api.ts';
import { type HeldOptions, usePropertyLanguage } from './property-language.ts';

interface Column {
  readonly label: PageKey;
  readonly property: string;
  readonly as: 'option' | 'percent' | 'money' | 'number';
}
const column = (label: PageKey, property: string, as: Column['as']): Column => ({
  label,
  property,
  as,
});

const COLUMNS: Readonly<Record<ObjectType, readonly Column[]>> = {
  companies: [
    column('list.industry', 'industry', 'option'),
    column('list.health', 'rapport_health_band', 'option'),
    column('list.value12m', 'rapport_value_12m', 'money'),
    column('list.engaged', 'rapport_engaged_contacts_90d', 'number'),
  ],
  deals: [
    column('list.amount', 'amount', 'money'),
    column('list.win', 'rapport_win_prob', 'percent'),
    column('list.band', 'rapport_win_band', 'option'),
    column('list.next_touch', 'rapport_next_touch', 'option'),
  ],
  tickets: [
    column('list.type', 'rapport_feedback_type', 'option'),
    column('list.urgency', 'rapport_urgency', 'option'),
    column('list.priority', 'rapport_priority', 'number'),
    column('list.due', 'rapport_followup_state', 'option'),
  ],
};
const NAMES: Readonly<Record<ObjectType, string>> = {
  companies: 'name',
  deals: 'dealname',
  tickets: 'subject',
};

export function ObjectsPage({ type }: { readonly type: ObjectType }) {
  const { t, to, zh } = useSandboxLanguage();
  const { option } = usePropertyLanguage();
  const locale = zh ? 'zh-CN' : 'en';
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'EUR',
    maximumFractionDigits: 0,
  });
  const cell = (properties: Properties, { property, as }: Column, held: HeldOptions): string => {
    const value = properties[property];
    if (!value) return '—';
    if (as === 'percent') return `${Math.round(Number(value) * 100)}%`;
    if (as === 'money') return money.format(Number(value));
    if (as === 'number') return new Intl.NumberFormat(locale).format(Number(value));
    return option(property, value, held);
  };
  const columns = COLUMNS[type];
  return (
    <ListPage
      key={type}
      name={type}
      title={t(type)}
      total={(n) => t('list.count', { n })}
      load={(q, after, limit) => listObjects(type, q, after, limit)}
      head={[t('list.name'), ...columns.map(({ label }) => t(label))]}
      cells={({ id, properties }, held): ReactNode[] => [
        <Link key="name" className="uie-link" to={to(`/sandbox/${type}/${id}`)}>
          {properties[NAMES[type]] || id}
        </Link>,
        ...columns.map((one) => cell(properties, one, held)),
      ]}
    />
  );
}
