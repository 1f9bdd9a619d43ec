/** The people of a company: their segments, what their cases are about, who answers and who does not. */
import {
  Accordion,
  BarChart,
  Heading,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { CardEngaged, CompanyCard } from '../generated/card-contract.ts';
import { segmentName } from '../lib/describe.ts';
import type { RecordRef } from '../lib/fetch-card.ts';
import { useTranslator } from '../lib/language.ts';
import type { Key } from '../lib/translate.ts';
import { Column, Row, Small } from './layout.tsx';
import { RecordLink } from './RecordLink.tsx';

interface Props {
  readonly card: CompanyCard;
}

/** The mix as a bar chart, closed until asked for, with the same numbers as a table. */
export function Segments({ card: { segments } }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  if (segments.length === 0) return null;
  const rows = segments.map(({ id, code, name, people }) => ({
    name: name ?? segmentName(translator, id, code),
    people,
  }));
  return (
    <Accordion title={t('mix.title')} size="sm" testId="segments">
      {rows.length < 2 ? null : (
        <BarChart
          data={rows}
          axes={{
            x: { field: 'name', fieldType: 'category', label: t('mix.segment') },
            y: { field: 'people', fieldType: 'linear', label: t('mix.people') },
          }}
          options={{ title: t('mix.title'), showDataLabels: true }}
        />
      )}
      <Counts head={['mix.segment', 'mix.people']} rows={rows} />
    </Accordion>
  );
}

export function Topics({ card: { topics } }: Props) {
  const translator = useTranslator();
  if (topics.length === 0) return null;
  const rows = topics.map(({ topic, cases }) => ({
    name: topic.name[translator.language],
    people: cases,
  }));
  return (
    <Column testId="topics">
      <Heading>{translator.t('topics.title')}</Heading>
      <Counts head={['topics.topic', 'topics.cases']} rows={rows} />
    </Column>
  );
}

interface CountsProps {
  readonly head: readonly [Key, Key];
  readonly rows: readonly { readonly name: string; readonly people: number }[];
}

function Counts({ head, rows }: CountsProps) {
  const { t } = useTranslator();
  return (
    <Table density="compact" flush>
      <TableHead>
        <TableRow>
          <TableHeader>{t(head[0])}</TableHeader>
          <TableHeader align="right">{t(head[1])}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ name, people }) => (
          <TableRow key={name}>
            <TableCell>{name}</TableCell>
            <TableCell align="right">{people}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export function Engagement({ card, here }: Props & { readonly here: RecordRef }) {
  const translator = useTranslator();
  const { t } = translator;
  const { engaged90d, people, singleThreaded, mostEngaged, leastEngaged } = card;
  if (engaged90d === null) return null;
  return (
    <Column testId="engagement">
      <Heading>{t('people.title')}</Heading>
      <Text>{t('people.engaged', { engaged: engaged90d, people })}</Text>
      {singleThreaded ? <Text>{t('people.single')}</Text> : null}
      <Named title="people.most" people={mostEngaged} counted here={here} />
      <Named title="people.silent" people={leastEngaged} here={here} />
    </Column>
  );
}

interface NamedProps {
  readonly title: Key;
  readonly people: readonly CardEngaged[];
  readonly counted?: boolean;
  readonly here: RecordRef;
}

function Named({ title, people, counted = false, here }: NamedProps) {
  const { t } = useTranslator();
  if (people.length === 0) return null;
  return (
    <Row>
      <Small>{t(title)}</Small>
      {people.map(({ id, name, answers90d }) => (
        <RecordLink key={id} to={{ kind: 'contact', id }} here={here}>
          {counted ? t('people.count', { name, n: answers90d }) : name}
        </RecordLink>
      ))}
    </Row>
  );
}
