/** The deal card: who is on it and how to reach each, the chance of winning and why, and the next touch. */
import { hubspot } from '@hubspot/ui-extensions';
import { DealPeople } from './components/DealPeople.tsx';
import { NextPerson } from './components/NextPerson.tsx';
import { Reasons } from './components/Reasons.tsx';
import { RecordActions } from './components/RecordActions.tsx';
import { Shell, type Shown } from './components/Shell.tsx';
import { WinTile } from './components/WinTile.tsx';
import type { DealCard as Card } from './generated/card-contract.ts';
import { personActivity, reasonLines } from './lib/compose.ts';
import { useTranslator } from './lib/language.ts';
import { actions } from './words/actions.ts';
import { common } from './words/common.ts';
import { deal } from './words/deal.ts';
import { dealReasons } from './words/deal-reasons.ts';
import { people } from './words/people.ts';
import { reach } from './words/reach.ts';

const WORDS = [common, actions, reach, people, deal, dealReasons];

hubspot.extend<'crm.record.tab'>(() => <DealCard />);

export function DealCard() {
  return (
    <Shell<Card> path="deal-card" words={WORDS}>
      {(shown) => <Content {...shown} />}
    </Shell>
  );
}

function Content({ card, life }: Shown<Card>) {
  const translator = useTranslator();
  const { nextTouch, scoredAt, win } = card;
  const currency = card.deal.currency || 'EUR';
  const compose =
    nextTouch === null
      ? null
      : () =>
          personActivity(translator, nextTouch, {
            about: card.deal.name,
            lines: reasonLines(translator, win?.reasons ?? [], currency),
            scoredAt,
          });
  return (
    <>
      <DealPeople people={card.people} here={life.record} />
      <WinTile card={card} />
      <Reasons reasons={win?.reasons ?? []} currency={currency} />
      <NextPerson title="deal.next" none="deal.next.none" person={nextTouch} here={life.record} />
      <RecordActions life={life} compose={compose} />
    </>
  );
}
