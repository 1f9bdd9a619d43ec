/** Actions: Button, LoadingButton, ButtonRow, Accordion. */
import { type ReactNode, useId, useState } from 'react';
import { WithOverlay } from './overlay.tsx';
import { cls, say, type WithChildren } from './props.ts';

interface ButtonProps extends WithChildren {
  readonly variant?: string;
  readonly size?: string;
  readonly type?: 'button' | 'submit' | 'reset';
  readonly disabled?: boolean;
  readonly truncate?: boolean;
  readonly href?: string | { readonly url: string; readonly external?: boolean };
  readonly overlay?: ReactNode;
  readonly onClick?: (event: unknown) => void;
}

export function Button({
  variant = 'secondary',
  size = 'md',
  type = 'button',
  href,
  overlay,
  ...rest
}: ButtonProps) {
  const { disabled, truncate, onClick, children, testId } = rest;
  const className = cls(
    'uie-button',
    `uie-button--${variant}`,
    `uie-button--${size}`,
    truncate && 'uie-truncate',
  );
  if (href !== undefined) {
    const { url, external } = typeof href === 'string' ? { url: href, external: false } : href;
    return (
      <a
        className={className}
        href={url}
        target={external ? '_blank' : undefined}
        rel="noreferrer"
        data-testid={testId}
      >
        {children}
      </a>
    );
  }
  return (
    <WithOverlay overlay={overlay}>
      {(open) => (
        <button
          type={type}
          className={className}
          disabled={disabled}
          data-testid={testId}
          onClick={() => {
            open();
            onClick?.({ type: 'click' });
          }}
        >
          {children}
        </button>
      )}
    </WithOverlay>
  );
}

interface LoadingButtonProps extends ButtonProps {
  readonly loading?: boolean;
}
export function LoadingButton({
  loading = false,
  disabled,
  children,
  ...rest
}: LoadingButtonProps) {
  return (
    <Button {...rest} disabled={Boolean(disabled) || loading}>
      {loading ? (
        <span className="uie-spinner__wheel uie-spinner__wheel--xs" aria-hidden="true" />
      ) : null}
      {children}
      {loading ? <span className="uie-hidden">{say('in progress', '进行中')}</span> : null}
    </Button>
  );
}

export const ButtonRow = ({ children, testId }: WithChildren) => (
  <div className="uie-buttons" data-testid={testId}>
    {children}
  </div>
);

interface AccordionProps extends WithChildren {
  readonly title: string;
  readonly defaultOpen?: boolean;
  readonly open?: boolean;
  readonly disabled?: boolean;
  readonly size?: string;
  readonly onClick?: (event: unknown) => void;
}
export function Accordion({
  title,
  defaultOpen = false,
  open,
  disabled,
  size = 'md',
  onClick,
  children,
  testId,
}: AccordionProps) {
  const [own, setOwn] = useState(defaultOpen);
  const shown = open ?? own;
  const body = useId();
  return (
    <div className={`uie-accordion uie-accordion--${size}`} data-testid={testId}>
      <button
        type="button"
        className="uie-accordion__head"
        aria-expanded={shown}
        aria-controls={body}
        disabled={disabled}
        onClick={() => {
          setOwn(!shown);
          onClick?.({ type: 'click' });
        }}
      >
        <span
          className={cls('uie-accordion__arrow', shown && 'uie-accordion__arrow--open')}
          aria-hidden="true"
        />
        {title}
      </button>
      <div id={body} className="uie-accordion__body" hidden={!shown}>
        {children}
      </div>
    </div>
  );
}
