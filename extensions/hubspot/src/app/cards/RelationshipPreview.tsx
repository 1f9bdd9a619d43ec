/** The contact card in the preview panel of lists and other records. */
import { hubspot } from '@hubspot/ui-extensions';
import { ReachSummary } from './components/ReachSummary.tsx';

hubspot.extend<'crm.preview'>(() => <ReachSummary />);
