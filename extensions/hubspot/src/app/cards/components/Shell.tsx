/** What every card has around its content: loading, failure, states, notices, and what the score rests on. */
import { Alert, Divider } from '@hubspot/ui-extensions';
import type { ReactNode } from 'react';
import type { CardPath } from '../lib/fetch-card.ts';
import { ago } from '../lib/format.ts';
import { ReaderProvider, useReader, useTranslator } from '../lib/language.ts';
import type { Words } from '../lib/translate.ts';
import { type AnyCard, type CardLife, useCard } from '../lib/use-card.ts';
import { Column, Row, Small } from './layout.tsx';
import { Failed, Loading, replacement } from './States.tsx';

export interface Shown<C extends AnyCard> {
  readonly card: C;
  readonly life: CardLife<C>;
}

interface Props<C extends AnyCard> {
  readonly path: CardPath;
  /** A constant of the card. */
  readonly words: readonly Words[];
  readonly children: (shown: Shown<C>) => ReactNode;
  /** What stands beside the footer. */
  readonly Foot?: (shown: Shown<C>) => ReactNode;
}

export function Shell<C extends AnyCard>({ words, ...inside }: Props<C>) {
  return (
    <ReaderProvider value={useReader(words)}>
      <Inside {...inside} />
    </ReaderProvider>
  );
}

function Inside<C extends AnyCard>({ path, children, Foot }: Omit<Props<C>, 'words'>) {
  const translator = useTranslator();
  const life = useCard<C>(path);
  const { card } = life;
  if (life.phase === 'error') return <Failed onRetry={life.retry} />;
  if (card === null) return <Loading />;
  return (
    replacement(card, translator) ?? (
      <Column gap="md">
        <Notices card={card} failed={life.refreshFailed} />
        {children({ card, life })}
        <Divider distance="flush" />
        <Row>
          <Footer card={card} />
          {Foot === undefined ? null : <Foot card={card} life={life} />}
        </Row>
      </Column>
    )
  );
}

interface NoticesProps {
  readonly card: AnyCard;
  readonly failed: boolean;
}

function Notices({ card, failed }: NoticesProps) {
  const translator = useTranslator();
  const { t } = translator;
  const when = card.scoredAt === null ? '—' : ago(translator, card.scoredAt);
  return (
    <>
      {failed ? <Alert variant="warning" title={t('refresh.failed')} /> : null}
      {card.state === 'stale' ? (
        <Alert variant="warning" title={t('state.stale.title')} testId="stale">
          {t('state.stale', { when })}
        </Alert>
      ) : null}
    </>
  );
}

function Footer({ card }: Omit<NoticesProps, 'failed'>) {
  const translator = useTranslator();
  const { t } = translator;
  const parts = [
    card.scoredAt === null ? null : t('footer.updated', { when: ago(translator, card.scoredAt) }),
    card.modelVersion === null ? null : t('footer.model', { version: card.modelVersion }),
  ];
  return <Small testId="footer">{parts.filter((part) => part !== null).join(' · ')}</Small>;
}
