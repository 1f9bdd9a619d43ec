/** What the demo portal has besides its records: owners, catalogue, pipelines, its own properties. */
import { CATALOGUE } from './catalogue.ts';
import { DEMO_PROPERTIES } from './properties.ts';
import { REPS } from './reps.ts';

export interface DemoStage {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly metadata: Readonly<Record<string, string>>;
}
export interface DemoPipeline {
  readonly id: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly stages: readonly DemoStage[];
}

const ticketStage = (id: string, label: string, closed = false): DemoStage => ({
  id,
  label,
  displayOrder: Number(id) - 1,
  metadata: { ticketState: closed ? 'CLOSED' : 'OPEN', isClosed: String(closed) },
});
const dealStage = (
  id: string,
  label: string,
  probability: string,
  displayOrder: number,
): DemoStage => ({
  id,
  label,
  displayOrder,
  metadata: { isClosed: String(id.startsWith('closed')), probability },
});

const TICKET_PIPELINE: DemoPipeline = {
  id: '0',
  label: 'Support Pipeline',
  displayOrder: 0,
  stages: [
    ticketStage('1', 'New'),
    ticketStage('2', 'Waiting on contact'),
    ticketStage('3', 'Waiting on us'),
    ticketStage('4', 'Closed', true),
  ],
};
const DEAL_PIPELINE: DemoPipeline = {
  id: 'default',
  label: 'Sales Pipeline',
  displayOrder: 0,
  stages: [
    dealStage('appointmentscheduled', 'Appointment scheduled', '0.2', 0),
    dealStage('qualifiedtobuy', 'Qualified to buy', '0.4', 1),
    dealStage('presentationscheduled', 'Presentation scheduled', '0.6', 2),
    dealStage('decisionmakerboughtin', 'Decision maker bought-in', '0.8', 3),
    dealStage('contractsent', 'Contract sent', '0.9', 4),
    dealStage('closedwon', 'Closed won', '1.0', 5),
    dealStage('closedlost', 'Closed lost', '0.0', 6),
  ],
};

export const DEMO_PORTAL = {
  name: 'Larch & Lumen (demo)',
  currency: 'EUR',
  timeZone: 'Europe/Lisbon',
  owners: REPS.map(({ id, userId, email, firstName, lastName, timeZone }) => ({
    id,
    userId,
    email,
    firstName,
    lastName,
    timeZone,
  })),
  products: CATALOGUE,
  ticketPipeline: TICKET_PIPELINE,
  dealPipeline: DEAL_PIPELINE,
  /** Contact properties this portal added to HubSpot's own. */
  customContactProperties: (DEMO_PROPERTIES['contacts'] ?? []).filter((p) => !p.hubspotDefined),
} as const;
