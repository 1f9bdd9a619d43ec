/** The source battery on HubSpot's deliveries. */
import { describe } from 'vitest';
import { createHubSpotSource } from '../../webhooks/hubspot/source.ts';
import { event, ORIGIN, PATH, SECRET, sign } from '../support/deliveries.ts';
import { sourceContract } from './source.contract.ts';

describe('HubSpot source', () =>
  sourceContract({
    source: createHubSpotSource(ORIGIN, [{ host: 'hubspot', secrets: [SECRET] }]),
    host: 'hubspot',
    path: PATH,
    sign: (body, now) => sign(body, now).headers,
    event: (account, id) => event(Number(id), { portalId: Number(account) }),
  }));
