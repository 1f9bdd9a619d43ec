/** Layout: Flex, Box, AutoGrid, Inline, Tile, Card, Divider, Spacer. */
import { cls, type WithChildren } from './props.ts';

type Gap = 'flush' | 'xs' | 'sm' | 'md' | 'lg' | 'xl' | string;

interface FlexProps extends WithChildren {
  readonly direction?: 'row' | 'column';
  readonly gap?: Gap;
  readonly align?: string;
  readonly alignSelf?: string;
  readonly justify?: string;
  readonly wrap?: boolean | string;
}

export function Flex({
  direction = 'row',
  gap = 'flush',
  align,
  alignSelf,
  justify,
  wrap,
  ...rest
}: FlexProps) {
  const wraps = wrap === true || wrap === 'wrap';
  return (
    <div
      className={cls(
        'uie-flex',
        `uie-flex--${direction}`,
        `uie-gap--${gap}`,
        align && `uie-align--${align}`,
        alignSelf && `uie-self--${alignSelf}`,
        justify && `uie-justify--${justify}`,
        wraps && 'uie-flex--wrap',
      )}
      data-testid={rest.testId}
    >
      {rest.children}
    </div>
  );
}

export const Inline = (props: Omit<FlexProps, 'direction' | 'wrap'>) => (
  <Flex {...props} direction="row" wrap />
);

interface StackProps extends FlexProps {
  readonly distance?: Gap;
}
export const Stack = ({ distance = 'sm', direction = 'column', ...rest }: StackProps) => (
  <Flex {...rest} direction={direction} gap={distance} />
);

interface BoxProps extends WithChildren {
  readonly flex?: string | number;
  readonly alignSelf?: string;
}
export function Box({ flex, alignSelf, children, testId }: BoxProps) {
  return (
    <div
      className={cls('uie-box', alignSelf && `uie-self--${alignSelf}`)}
      style={flex === undefined ? undefined : { flex }}
      data-testid={testId}
    >
      {children}
    </div>
  );
}

interface AutoGridProps extends WithChildren {
  readonly columnWidth?: number;
  readonly flexible?: boolean;
  readonly gap?: Gap;
}
export function AutoGrid({
  columnWidth = 230,
  flexible = false,
  gap = 'flush',
  children,
  testId,
}: AutoGridProps) {
  const width = `min(100%, ${columnWidth}px)`;
  const track = flexible ? `minmax(${width}, 1fr)` : width;
  return (
    <div
      className={cls('uie-grid', `uie-gap--${gap}`)}
      style={{ gridTemplateColumns: `repeat(auto-fit, ${track})` }}
      data-testid={testId}
    >
      {children}
    </div>
  );
}

interface TileProps extends WithChildren {
  readonly compact?: boolean;
  readonly flush?: boolean;
}
export function Tile({ compact, flush, children, testId }: TileProps) {
  const size = flush ? 'uie-tile--flush' : compact && 'uie-tile--compact';
  return (
    <div className={cls('uie-tile', size)} data-testid={testId}>
      {children}
    </div>
  );
}

export const Card = (props: WithChildren) => <Tile {...props} />;

export const Divider = ({ distance = 'sm' }: { readonly distance?: Gap }) => (
  <hr className={cls('uie-divider', `uie-divider--${distance}`)} />
);

export const Spacer = ({ height = 'md' }: { readonly height?: Gap }) => (
  <div className={`uie-spacer uie-spacer--${height}`} />
);
