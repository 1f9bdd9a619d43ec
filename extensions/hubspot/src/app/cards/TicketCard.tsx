/** The ticket card on the record. */
import { hubspot } from '@hubspot/ui-extensions';
import { TicketView } from './components/TicketView.tsx';

hubspot.extend<'crm.record.tab'>(() => <TicketView />);
