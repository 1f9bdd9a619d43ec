/** The contact card: how and when to reach this person, why, what they are worth and what they said. */
import {
  Alert,
  AutoGrid,
  ButtonRow,
  Divider,
  Flex,
  hubspot,
  LoadingButton,
  StatusTag,
  Text,
  useExtensionContext,
} from '@hubspot/ui-extensions';
import { Allowed } from './components/Allowed.tsx';
import { CompareChannels } from './components/CompareChannels.tsx';
import { FeedbackList } from './components/FeedbackList.tsx';
import { OfferNext } from './components/OfferNext.tsx';
import { ReachTile } from './components/ReachTile.tsx';
import { Reasons } from './components/Reasons.tsx';
import { Failed, Loading, replacement } from './components/States.tsx';
import { ValueTile } from './components/ValueTile.tsx';
import type { ContactCard } from './generated/card-contract.ts';
import { baseline } from './lib/describe.ts';
import { ago } from './lib/format.ts';
import { useTranslator } from './lib/language.ts';
import type { Translator } from './lib/translate.ts';
import { type CardLife, useCard } from './lib/use-card.ts';

hubspot.extend<'crm.record.tab'>(() => <RelationshipCard />);

export function RelationshipCard() {
  const translator = useTranslator();
  const life = useCard();
  if (life.phase === 'error') return <Failed translator={translator} onRetry={life.retry} />;
  if (life.card === null) return <Loading translator={translator} />;
  return (
    replacement(life.card, translator) ?? (
      <Content card={life.card} life={life} translator={translator} />
    )
  );
}

interface ContentProps {
  readonly card: ContactCard;
  readonly life: CardLife;
  readonly translator: Translator;
}

function Content({ card, life, translator }: ContentProps) {
  const { portal } = useExtensionContext<'crm.record.tab'>();
  const { best, others } = card.reach ?? { best: null, others: [] };
  const channels = best === null ? others : [best, ...others];
  return (
    <Flex direction="column" gap="md">
      <Notices card={card} life={life} translator={translator} />
      <AutoGrid columnWidth={230} flexible gap="sm">
        <ReachTile card={card} translator={translator} viewerZone={portal.timezone} />
        <ValueTile card={card} translator={translator} />
      </AutoGrid>
      <ButtonRow>
        <LoadingButton
          testId="refresh"
          variant="secondary"
          size="sm"
          loading={life.refreshing}
          onClick={life.refresh}
        >
          {translator.t('action.refresh')}
        </LoadingButton>
      </ButtonRow>
      <Reasons reasons={best?.reasons ?? []} translator={translator} />
      {card.reach === null ? null : <Allowed reach={card.reach} translator={translator} />}
      <FeedbackList feedback={card.feedback} translator={translator} onCorrect={life.correct} />
      <OfferNext offer={card.offer ?? null} translator={translator} />
      <CompareChannels channels={channels} translator={translator} />
      <Divider distance="flush" />
      <Footer card={card} translator={translator} />
    </Flex>
  );
}

function Notices({ card, life, translator }: ContentProps) {
  const { t } = translator;
  const when = card.scoredAt === null ? '—' : ago(translator, card.scoredAt);
  return (
    <>
      {life.refreshFailed ? (
        <Alert variant="warning" title={t('refresh.failed')} testId="refresh-failed">
          {t('refresh.failed.body')}
        </Alert>
      ) : null}
      {card.state === 'stale' ? (
        <Alert variant="warning" title={t('state.stale.title')} testId="stale">
          {t('state.stale', { when })}
        </Alert>
      ) : null}
      {card.state === 'baseline' ? (
        <Flex direction="column" align="start" gap="xs" testId="baseline">
          <StatusTag variant="info" hollow>
            {t('state.baseline.tag')}
          </StatusTag>
          <Text>{baseline(translator, card)}</Text>
        </Flex>
      ) : null}
    </>
  );
}

function Footer({ card, translator }: Omit<ContentProps, 'life'>) {
  const { t } = translator;
  const parts = [
    card.scoredAt === null ? null : t('footer.updated', { when: ago(translator, card.scoredAt) }),
    card.modelVersion === null ? null : t('footer.model', { version: card.modelVersion }),
  ];
  return (
    <Text variant="microcopy" testId="footer">
      {parts.filter((part) => part !== null).join(' · ')}
    </Text>
  );
}
