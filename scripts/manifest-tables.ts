/** The tables of the marketplace documents, from manifest.json: scopes, what is read, what is written. */
import { type Manifest, WRITTEN_KINDS } from '../src/core/manifest.ts';
import type { RecordKind } from '../src/core/record.ts';

const NAMES: Readonly<Record<RecordKind, string>> = {
  contact: 'Contacts',
  company: 'Companies',
  deal: 'Deals',
  line_item: 'Line items',
  ticket: 'Tickets',
  feedback: 'Feedback submissions',
  call: 'Calls',
  email: 'E-mails (one to one)',
  meeting: 'Meetings',
  note: 'Notes',
  communication: 'Messages (WhatsApp, SMS, LinkedIn)',
};

/** A Markdown table whose columns are as wide as their widest cell; a bar in a cell is escaped. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[], fill = ' ') =>
    `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width, fill)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first), line([], '-'), ...others.map((row) => line(row))].join('\n');
}

const ASKED = ['required', 'conditional', 'optional'] as const;

const TABLES: Readonly<Record<string, (manifest: Manifest) => string>> = {
  scopes: ({ scopes }) =>
    table(
      ['Scope', 'Asked', 'Why'],
      ASKED.flatMap((asked) => scopes[asked].map((s) => [`\`${s.name}\``, asked, s.reason])),
    ),
  reads: ({ objects }) =>
    table(
      ['Object', 'Properties read'],
      Object.entries(objects).map(([kind, { reads }]) => [
        `${NAMES[kind as RecordKind]} (\`${kind}\`)`,
        reads.map((name) => `\`${name}\``).join(', '),
      ]),
    ),
  writes: ({ properties }) =>
    table(
      ['Object', 'Property', 'What it says', 'Set'],
      WRITTEN_KINDS.flatMap((kind) =>
        properties[kind].map(({ name, description, writes, optIn }) => [
          NAMES[kind],
          `\`${name}\``,
          description,
          writes === 'never' ? 'set by people' : optIn === true ? 'optional' : 'core',
        ]),
      ),
    ),
};

/**
 * A document with every `<!-- manifest: name -->` … `<!-- /manifest -->` filled anew. Throws on a
 * name that no table has.
 */
export const fillTables = (document: string, manifest: Manifest): string =>
  document.replace(
    /(<!-- manifest: (\w+) -->\n)[\s\S]*?(\n<!-- \/manifest -->)/g,
    (_, open: string, name: string, close: string) => {
      const render = TABLES[name];
      if (render === undefined) throw new Error(`There is no table "${name}" of the manifest.`);
      return `${open}\n${render(manifest)}\n${close}`;
    },
  );
