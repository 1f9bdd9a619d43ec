/** The table of the measurements takes the place of the old one, and nothing else of its page. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { renderTable, withTable } from '../../../scripts/bench-ml/table.ts';

const PAGE = readFileSync(resolve(import.meta.dirname, '../../../docs/performance.md'), 'utf8');
const measured = { seconds: 0.5, quality: { auc: 0.8 }, peakRssMb: 100 };

test('a new measurement leaves the sections around the table as they are', () => {
  const table = renderTable([
    { name: 'svm airline', ours: measured, peer: { ...measured, seconds: 1 }, target: 0.5 },
    { name: 'auto airline', ours: measured },
  ]);
  const page = withTable(PAGE, table);
  expect(page).toContain('| svm airline | 0.5 | 1 | 0.5 | ≤ 0.5 | 100 | 100 | auc 0.8 | auc 0.8 |');
  expect(page).toContain('| auto airline | 0.5 | – | – | – | 100 | – | auc 0.8 | – |');
  expect(page).not.toContain('bg nbd cdnow |');
  const before = (text: string) => text.slice(0, text.indexOf('| Work |'));
  const after = (text: string) => text.slice(text.indexOf('## Scoring'));
  expect([before(page), after(page)]).toEqual([before(PAGE), after(PAGE)]);
});

test('a page without that table is refused, not overwritten', () => {
  expect(() => withTable('# Performance\n', renderTable([]))).toThrow('no table');
});
