/** A table of figures that scrolls by itself where the window is narrow. */
import { Table } from '@mantine/core';

interface FiguresProps {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function Figures({ label, heads, rows }: FiguresProps) {
  return (
    <Table.ScrollContainer
      type="native"
      minWidth={520}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.join('|')}>
              {row.map((cell, i) => (
                <Table.Td key={heads[i]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
