/** Counters and timings: every declared name works, and the text is what Prometheus reads. */
import { expect, test } from 'vitest';
import { createMeter } from '../../../src/platform/meter.ts';
import { METERS, type MeterName } from '../../../src/ports/meter.ts';

test('counts by label, and meters do not share totals', async () => {
  const meter = createMeter();
  meter.count('webhook_deliveries', { host: 'hubspot', outcome: 'accepted' });
  meter.count('webhook_deliveries', { host: 'sandbox', outcome: 'accepted' }, 4);
  expect(await meter.total('webhook_deliveries')).toBe(5);
  expect(await meter.total('webhook_deliveries', { host: 'sandbox' })).toBe(4);
  expect(await createMeter().total('webhook_deliveries')).toBe(0);
});

test.each(Object.keys(METERS) as MeterName[])('%s appears in the text', async (name) => {
  const meter = createMeter();
  if (name.endsWith('_seconds')) meter.observe(name, 0.2);
  else meter.count(name);
  expect(await meter.text()).toContain(`rapport_${name}`);
});
