/** Table: Table, TableHead, TableBody, TableFooter, TableRow, TableHeader, TableCell. */
import { cls, say, type WithChildren } from './props.ts';

interface TableProps extends WithChildren {
  readonly density?: string;
  readonly bordered?: boolean;
  readonly flush?: boolean;
  readonly paginated?: boolean;
  readonly pageCount?: number;
  readonly page?: number;
  readonly onPageChange?: (page: number) => void;
}

export function Table({
  density = 'default',
  bordered = true,
  flush,
  paginated,
  children,
  testId,
  ...paging
}: TableProps) {
  return (
    <div
      className={cls('uie-table', flush && 'uie-table--flush')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, and must by keyboard too
      tabIndex={0}
      data-testid={testId}
    >
      <table
        className={cls(
          `uie-table__grid uie-table__grid--${density}`,
          bordered && 'uie-table__grid--bordered',
        )}
      >
        {children}
      </table>
      {paginated ? <Pages {...paging} /> : null}
    </div>
  );
}

function Pages({
  page = 1,
  pageCount = 1,
  onPageChange,
}: Pick<TableProps, 'page' | 'pageCount' | 'onPageChange'>) {
  return (
    <nav className="uie-pages" aria-label={say('Pages', '分页')}>
      <button
        type="button"
        className="uie-button uie-button--secondary uie-button--xs"
        disabled={page <= 1}
        onClick={() => onPageChange?.(page - 1)}
      >
        {say('Previous', '上一页')}
      </button>
      <span>
        {page} / {pageCount}
      </span>
      <button
        type="button"
        className="uie-button uie-button--secondary uie-button--xs"
        disabled={page >= pageCount}
        onClick={() => onPageChange?.(page + 1)}
      >
        {say('Next', '下一页')}
      </button>
    </nav>
  );
}

export const TableHead = ({ children }: WithChildren) => <thead>{children}</thead>;
export const TableBody = ({ children }: WithChildren) => <tbody>{children}</tbody>;
export const TableFooter = ({ children }: WithChildren) => <tfoot>{children}</tfoot>;
export const TableRow = ({ children, testId }: WithChildren) => (
  <tr data-testid={testId}>{children}</tr>
);

interface CellProps extends WithChildren {
  readonly align?: string;
  readonly width?: string | number;
  readonly colSpan?: number;
}
const place = ({ align = 'left', width }: CellProps) => ({
  className: cls(`uie-cell--${align}`, width === 'min' && 'uie-cell--min'),
  style: typeof width === 'number' ? { width } : undefined,
});

export const TableCell = (props: CellProps) => (
  <td {...place(props)} colSpan={props.colSpan}>
    {props.children}
  </td>
);

type Sort = 'ascending' | 'descending' | 'none' | 'never';
interface HeaderProps extends CellProps {
  readonly sortDirection?: Sort;
  readonly onSortChange?: (next: Sort) => void;
  readonly disabled?: boolean;
}
const ARROWS = { ascending: '▲', descending: '▼', none: '↕', never: '' } as const;

export function TableHeader({
  sortDirection = 'never',
  onSortChange,
  disabled,
  ...cell
}: HeaderProps) {
  if (sortDirection === 'never') {
    return (
      <th scope="col" {...place(cell)}>
        {cell.children}
      </th>
    );
  }
  const next = sortDirection === 'ascending' ? 'descending' : 'ascending';
  return (
    <th scope="col" {...place(cell)} aria-sort={sortDirection}>
      <button
        type="button"
        className="uie-sort"
        disabled={disabled}
        onClick={() => onSortChange?.(next)}
      >
        {cell.children} <span aria-hidden="true">{ARROWS[sortDirection]}</span>
      </button>
    </th>
  );
}
