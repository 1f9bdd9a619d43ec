/** Text: Heading, Text, Icon, Link, List, Image. */
import { Children, type ReactNode } from 'react';
import { iconOf } from './icons.ts';
import { WithOverlay } from './overlay.tsx';
import { cls, type WithChildren } from './props.ts';

export const Heading = ({
  inline,
  children,
  testId,
}: WithChildren & { readonly inline?: boolean }) => (
  <h3 className={cls('uie-heading', inline && 'uie-inline')} data-testid={testId}>
    {children}
  </h3>
);

interface Format {
  readonly fontWeight?: string;
  readonly italic?: boolean;
  readonly lineDecoration?: string;
  readonly textTransform?: string;
}
interface TextProps extends WithChildren {
  readonly variant?: 'bodytext' | 'microcopy';
  readonly inline?: boolean;
  readonly format?: Format;
  readonly truncate?: boolean | { readonly maxWidth?: number; readonly tooltipText?: string };
}

export function Text({
  variant = 'bodytext',
  inline,
  format = {},
  truncate,
  children,
  testId,
}: TextProps) {
  const Element = inline ? 'span' : 'p';
  const cut = typeof truncate === 'object' ? truncate : {};
  return (
    <Element
      className={cls(
        'uie-text',
        `uie-text--${variant}`,
        format.fontWeight && `uie-weight--${format.fontWeight}`,
        format.italic && 'uie-italic',
        format.lineDecoration && `uie-line--${format.lineDecoration}`,
        format.textTransform && `uie-case--${format.textTransform}`,
        truncate && 'uie-truncate',
      )}
      style={cut.maxWidth === undefined ? undefined : { maxWidth: cut.maxWidth }}
      title={cut.tooltipText}
      data-testid={testId}
    >
      {children}
    </Element>
  );
}

interface IconProps {
  readonly name: string;
  readonly size?: string;
  readonly color?: string;
  readonly screenReaderText?: string;
}

const PIXELS: Readonly<Record<string, number>> = { sm: 14, md: 18, lg: 24 };

export function Icon({ name, size = 'sm', color = 'inherit', screenReaderText }: IconProps) {
  const Drawing = iconOf(name);
  return (
    <span className={cls('uie-icon', `uie-icon--${color}`)}>
      <Drawing size={PIXELS[size] ?? 14} aria-hidden="true" />
      {screenReaderText ? <span className="uie-hidden">{screenReaderText}</span> : null}
    </span>
  );
}

type Href = string | { readonly url: string; readonly external?: boolean };

interface LinkProps extends WithChildren {
  readonly href: Href;
  readonly variant?: string;
  readonly overlay?: ReactNode;
  readonly preventDefault?: boolean;
  readonly onClick?: (event: unknown) => void;
}

export function Link({
  href,
  variant = 'primary',
  overlay,
  preventDefault,
  onClick,
  children,
  testId,
}: LinkProps) {
  const { url, external } = typeof href === 'string' ? { url: href, external: false } : href;
  const away = external ? { target: '_blank', rel: 'noreferrer' } : {};
  return (
    <WithOverlay overlay={overlay}>
      {(open) => (
        <a
          className={`uie-link uie-link--${variant}`}
          href={url}
          {...away}
          data-testid={testId}
          onClick={(event) => {
            if (preventDefault || overlay !== undefined) event.preventDefault();
            open();
            onClick?.({ type: 'click' });
          }}
        >
          {children}
        </a>
      )}
    </WithOverlay>
  );
}

export function List({
  variant = 'unordered',
  children,
  testId,
}: WithChildren & { readonly variant?: string }) {
  const Element = variant.startsWith('ordered') ? 'ol' : 'ul';
  return (
    <Element className={`uie-list uie-list--${variant}`} data-testid={testId}>
      {Children.map(children, (child) => (
        <li>{child}</li>
      ))}
    </Element>
  );
}

interface ImageProps {
  readonly src: string;
  readonly alt?: string;
  readonly width?: number;
  readonly height?: number;
}
export const Image = ({ src, alt = '', width, height }: ImageProps) => (
  <img className="uie-image" src={src} alt={alt} width={width} height={height} />
);
