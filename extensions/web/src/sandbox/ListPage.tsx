/** A list of records: search, pages, and a table that shows changes by itself. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../kit/actions.tsx';
import { SearchInput } from '../kit/forms.tsx';
import { ErrorState, LoadingSpinner } from '../kit/states.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../kit/table.tsx';
import { useSandboxLanguage } from './language.ts';
import type { ContactPage, ContactRow } from './page-api.ts';
import type { HeldOptions } from './property-language.ts';

const PAGE_SIZE = 25;

interface View {
  readonly q: string;
  /** Cursors of the pages passed so far; a new search starts from the first page. */
  readonly cursors: readonly string[];
}

interface Props {
  readonly name: string;
  readonly title: string;
  readonly total: (n: string) => string;
  readonly load: (q: string, after: string | null, limit: number) => Promise<ContactPage>;
  readonly head: readonly string[];
  /** The cells of one row, in the order of `head`, with what the CRM calls its options. */
  readonly cells: (row: ContactRow, options: HeldOptions) => readonly ReactNode[];
}

export function ListPage({ name, title, total, load, head, cells }: Props) {
  const { t, zh } = useSandboxLanguage();
  const [{ q, cursors }, setView] = useState<View>({ q: '', cursors: [] });
  const setCursors = (next: readonly string[]) => setView({ q, cursors: next });
  const after = cursors.at(-1) ?? null;
  const { data, error } = useQuery({
    queryKey: ['list', name, q, after],
    queryFn: () => load(q, after, PAGE_SIZE),
    placeholderData: keepPreviousData,
    refetchInterval: 5000,
  });
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  const number = new Intl.NumberFormat(zh ? 'zh-CN' : 'en');
  return (
    <section className="crm-panel">
      <div className="crm-panel__head">
        <h1>{title}</h1>
        <span className="crm-muted">{data ? total(number.format(data.total)) : null}</span>
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
      ) : data === undefined ? (
        <LoadingSpinner label={t('loading')} layout="centered" showLabel />
      ) : data.results.length === 0 ? (
        <p className="crm-muted">{t('list.empty')}</p>
      ) : (
        <Table density="condensed" flush>
          <TableHead>
            <TableRow>
              {head.map((label) => (
                <TableHeader key={label}>{label}</TableHeader>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {data.results.map((row) => (
              <TableRow key={row.id}>
                {cells(row, data.options).map((cell, i) => (
                  <TableCell key={head[i]}>{cell}</TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
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
