/** What every card has around its content: loading, failure, states, notices, and what the score rests on. */
import { Alert, Divider } from '@hubspot/ui-extensions';
import type { ReactNode } from 'react';
import type { CardPath } from '../lib/fetch-card.ts';
import { ago } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import type { Translator, Words } from '../lib/translate.ts';
import { type AnyCard, type CardLife, useCard } from '../lib/use-card.ts';
import { Column, Small } from './layout.tsx';
import { Failed, Loading, replacement } from './States.tsx';

export interface Shown<C extends AnyCard> {
  readonly card: C;
  readonly life: CardLife<C>;
  readonly translator: Translator;
}

interface Props<C extends AnyCard> {
  readonly path: CardPath;
  /** A constant of the card. */
  readonly words: readonly Words[];
  readonly children: (shown: Shown<C>) => ReactNode;
}

export function Shell<C extends AnyCard>({ path, words, children }: Props<C>) {
  const translator = useTranslator(words);
  const life = useCard<C>(path);
  const { card } = life;
  if (life.phase === 'error') return <Failed translator={translator} onRetry={life.retry} />;
  if (card === null) return <Loading translator={translator} />;
  return (
    replacement(card, translator) ?? (
      <Column gap="md">
        <Notices card={card} failed={life.refreshFailed} translator={translator} />
        {children({ card, life, translator })}
        <Divider distance="flush" />
        <Footer card={card} translator={translator} />
      </Column>
    )
  );
}

interface NoticesProps {
  readonly card: AnyCard;
  readonly failed: boolean;
  readonly translator: Translator;
}

function Notices({ card, failed, translator }: NoticesProps) {
  const { t } = translator;
  const when = card.scoredAt === null ? '—' : ago(translator, card.scoredAt);
  return (
    <>
      {failed ? (
        <Alert variant="warning" title={t('refresh.failed')} testId="refresh-failed">
          {t('refresh.failed.body')}
        </Alert>
      ) : null}
      {card.state === 'stale' ? (
        <Alert variant="warning" title={t('state.stale.title')} testId="stale">
          {t('state.stale', { when })}
        </Alert>
      ) : null}
    </>
  );
}

function Footer({ card, translator }: Omit<NoticesProps, 'failed'>) {
  const { t } = translator;
  const parts = [
    card.scoredAt === null ? null : t('footer.updated', { when: ago(translator, card.scoredAt) }),
    card.modelVersion === null ? null : t('footer.model', { version: card.modelVersion }),
  ];
  return <Small testId="footer">{parts.filter((part) => part !== null).join(' · ')}</Small>;
}
