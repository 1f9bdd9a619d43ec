/** The contact card: how and when to reach this person, why, what they are worth and what they said. */
import { AutoGrid, hubspot, useExtensionContext } from '@hubspot/ui-extensions';
import { Allowed } from './components/Allowed.tsx';
import { Baseline } from './components/Baseline.tsx';
import { CompareChannels } from './components/CompareChannels.tsx';
import { ContactActions } from './components/ContactActions.tsx';
import { Details } from './components/Details.tsx';
import { FeedbackList } from './components/FeedbackList.tsx';
import { OfferNext } from './components/OfferNext.tsx';
import { ReachTile } from './components/ReachTile.tsx';
import { Reasons } from './components/Reasons.tsx';
import { Shell, type Shown } from './components/Shell.tsx';
import { Trend } from './components/Trend.tsx';
import { ValueTile } from './components/ValueTile.tsx';
import type { ContactCard } from './generated/card-contract.ts';
import { actions } from './words/actions.ts';
import { common } from './words/common.ts';
import { contact } from './words/contact.ts';
import { contactReasons } from './words/contact-reasons.ts';
import { contactStates } from './words/contact-states.ts';
import { messages } from './words/messages.ts';
import { panels } from './words/panels.ts';
import { reach } from './words/reach.ts';
import { reachReasons } from './words/reach-reasons.ts';

const WORDS = [
  common,
  actions,
  reach,
  reachReasons,
  contact,
  contactStates,
  contactReasons,
  messages,
  panels,
];

hubspot.extend<'crm.record.tab'>(() => <RelationshipCard />);

export function RelationshipCard() {
  return (
    <Shell<ContactCard> path="card" words={WORDS} Foot={Details}>
      {(shown) => <Content {...shown} />}
    </Shell>
  );
}

function Content(shown: Shown<ContactCard>) {
  const { card, life } = shown;
  const { portal } = useExtensionContext<'crm.record.tab'>();
  const { best, others } = card.reach ?? { best: null, others: [] };
  const channels = best === null ? others : [best, ...others];
  return (
    <>
      <Baseline card={card} />
      <AutoGrid columnWidth={230} flexible gap="sm">
        <ReachTile card={card} viewerZone={portal.timezone} />
        <ValueTile card={card} />
      </AutoGrid>
      <ContactActions {...shown} />
      <Reasons reasons={best?.reasons ?? []} />
      {card.reach === null ? null : <Allowed reach={card.reach} />}
      <FeedbackList feedback={card.feedback} life={life} />
      <OfferNext offer={card.offer ?? null} />
      <CompareChannels channels={channels} />
      <Trend trend={card.trend} />
    </>
  );
}
