/** The ticket card beside a conversation in the help desk. */
import { hubspot } from '@hubspot/ui-extensions';
import { TicketView } from './components/TicketView.tsx';

hubspot.extend<'helpdesk.sidebar'>(() => <TicketView />);
