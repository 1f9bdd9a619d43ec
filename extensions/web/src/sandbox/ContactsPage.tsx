/** The list of contacts: search, pages, and the scores Rapport has written. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../kit/actions.tsx';
import { Tag } from '../kit/data.tsx';
import { SearchInput } from '../kit/forms.tsx';
import { ErrorState, LoadingSpinner } from '../kit/states.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../kit/table.tsx';
import { fullName, useSandboxLanguage } from './language.ts';
import { type ContactRow, listContacts } from './page-api.ts';

const PAGE_SIZE = 25;

interface View {
  readonly q: string;
  /** Cursors of the pages passed so far; a new search starts from the first page. */
  readonly cursors: readonly string[];
}

export function ContactsPage() {
  const { t, zh } = useSandboxLanguage();
  const [{ q, cursors }, setView] = useState<View>({ q: '', cursors: [] });
  const setCursors = (next: readonly string[]) => setView({ q, cursors: next });
  const after = cursors.at(-1) ?? null;
  const { data, error } = useQuery({
    queryKey: ['contacts', q, after],
    queryFn: () => listContacts(q, after, PAGE_SIZE),
    placeholderData: keepPreviousData,
    refetchInterval: 5000,
  });
  useEffect(() => {
    document.title = `${t('contacts')} · ${t('product')}`;
  }, [t]);
  const number = new Intl.NumberFormat(zh ? 'zh-CN' : 'en');
  return (
    <section className="crm-panel">
      <div className="crm-panel__head">
        <h1>{t('contacts')}</h1>
        <span className="crm-muted">
          {data ? t('list.total', { n: number.format(data.total) }) : null}
        </span>
      </div>
      <div className="crm-search">
        <SearchInput
          label={t('search')}
          name="q"
          placeholder={t('search.hint')}
          onInput={(value) => setView({ q: value.trim(), cursors: [] })}
        />
      </div>
      {error ? (
        <ErrorState title={t('failed')}>{error.message}</ErrorState>
      ) : data ? (
        <Rows rows={data.results} />
      ) : (
        <LoadingSpinner label={t('loading')} layout="centered" showLabel />
      )}
      <div className="crm-pages">
        <Button
          size="sm"
          disabled={cursors.length === 0}
          onClick={() => setCursors(cursors.slice(0, -1))}
        >
          {t('list.previous')}
        </Button>
        <Button
          size="sm"
          disabled={!data?.after}
          onClick={() => data?.after && setCursors([...cursors, data.after])}
        >
          {t('list.next')}
        </Button>
      </div>
    </section>
  );
}

const COLUMNS = ['name', 'lifecycle', 'channel', 'chance', 'value', 'segment', 'status'] as const;

function Rows({ rows }: { readonly rows: readonly ContactRow[] }) {
  const { t, to, word } = useSandboxLanguage();
  if (rows.length === 0) return <p className="crm-muted">{t('list.empty')}</p>;
  return (
    <Table density="condensed" flush>
      <TableHead>
        <TableRow>
          {COLUMNS.map((name) => (
            <TableHeader key={name}>{t(`list.${name}`)}</TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ id, properties: p }) => (
          <TableRow key={id}>
            <TableCell>
              <Link className="uie-link" to={to(`/sandbox/contacts/${id}`)}>
                {fullName(p)}
              </Link>
              <div className="crm-muted crm-small">{p['email']}</div>
            </TableCell>
            <TableCell>{word('stage.', p['lifecyclestage'])}</TableCell>
            <TableCell>{word('value.', p['rapport_best_channel'])}</TableCell>
            <TableCell>
              {p['rapport_reply_prob']
                ? `${Math.round(Number(p['rapport_reply_prob']) * 100)}%`
                : '—'}
            </TableCell>
            <TableCell>{word('value.', p['rapport_value_band'])}</TableCell>
            <TableCell>{p['rapport_segment'] ?? '—'}</TableCell>
            <TableCell>
              {p['rapport_status'] ? <Tag>{word('value.', p['rapport_status'])}</Tag> : '—'}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
