/** The company card: how it is doing and why, what it is worth, who is in touch, what its people say, whom to reach. */
import { AutoGrid, hubspot } from '@hubspot/ui-extensions';
import { Engagement, Segments, Topics } from './components/CompanyPeople.tsx';
import { HealthTile, WorthTile } from './components/CompanyTiles.tsx';
import { NextPerson } from './components/NextPerson.tsx';
import { Reasons } from './components/Reasons.tsx';
import { RecordActions } from './components/RecordActions.tsx';
import { Shell, type Shown } from './components/Shell.tsx';
import type { CompanyCard as Card } from './generated/card-contract.ts';
import { personActivity, reasonLines } from './lib/compose.ts';
import { useTranslator } from './lib/language.ts';
import { actions } from './words/actions.ts';
import { common } from './words/common.ts';
import { company } from './words/company.ts';
import { companyReasons } from './words/company-reasons.ts';
import { people } from './words/people.ts';
import { reach } from './words/reach.ts';
import { segments } from './words/segments.ts';

const WORDS = [common, actions, reach, people, company, companyReasons, segments];

hubspot.extend<'crm.record.tab'>(() => <CompanyCard />);

export function CompanyCard() {
  return (
    <Shell<Card> path="company-card" words={WORDS}>
      {(shown) => <Content {...shown} />}
    </Shell>
  );
}

function Content({ card, life }: Shown<Card>) {
  const translator = useTranslator();
  const { bestContact, health, scoredAt } = card;
  const here = life.record;
  const compose =
    bestContact === null
      ? null
      : () =>
          personActivity(translator, bestContact, {
            about: card.company.name,
            lines: reasonLines(translator, health?.reasons ?? []),
            scoredAt,
          });
  return (
    <>
      <AutoGrid columnWidth={230} flexible gap="sm">
        <HealthTile card={card} />
        <WorthTile card={card} />
      </AutoGrid>
      <Reasons reasons={health?.reasons ?? []} />
      <Segments card={card} />
      <Topics card={card} />
      <Engagement card={card} here={here} />
      <NextPerson title="best.title" none="best.none" person={bestContact} here={here} />
      <RecordActions life={life} compose={compose} />
    </>
  );
}
