/** The contact card where there is little room: how to reach this person, two reasons, one button. */
import { useExtensionContext } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { actions } from '../words/actions.ts';
import { common } from '../words/common.ts';
import { contactStates } from '../words/contact-states.ts';
import { reach } from '../words/reach.ts';
import { reachReasons } from '../words/reach-reasons.ts';
import { Baseline } from './Baseline.tsx';
import { TaskButton } from './ContactActions.tsx';
import { ReachTile } from './ReachTile.tsx';
import { Reasons } from './Reasons.tsx';
import { Shell, type Shown } from './Shell.tsx';

const WORDS = [common, actions, reach, reachReasons, contactStates];

export function ReachSummary() {
  return (
    <Shell<ContactCard> path="card" words={WORDS}>
      {(shown) => <Summary {...shown} />}
    </Shell>
  );
}

function Summary(shown: Shown<ContactCard>) {
  const { card } = shown;
  const { portal } = useExtensionContext<'crm.record.tab'>();
  return (
    <>
      <Baseline card={card} />
      <ReachTile card={card} viewerZone={portal.timezone} />
      <Reasons reasons={card.reach?.best?.reasons ?? []} count={2} />
      <TaskButton {...shown} />
    </>
  );
}
