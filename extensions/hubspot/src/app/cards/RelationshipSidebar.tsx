/** The contact card in the record's sidebar. */
import { hubspot } from '@hubspot/ui-extensions';
import { ReachSummary } from './components/ReachSummary.tsx';

hubspot.extend<'crm.record.sidebar'>(() => <ReachSummary />);
