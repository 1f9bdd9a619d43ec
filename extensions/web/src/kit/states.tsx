/** States: Alert, LoadingSpinner, EmptyState, ErrorState. */
import {
  CircleAlert,
  CircleCheck,
  CircleHelp,
  Inbox,
  Info,
  Lightbulb,
  Lock,
  TriangleAlert,
} from 'lucide-react';
import { cls, type WithChildren } from './props.ts';

const ALERT_ICONS = {
  info: Info,
  warning: TriangleAlert,
  success: CircleCheck,
  error: CircleAlert,
  danger: CircleAlert,
  tip: Lightbulb,
} as const;

interface AlertProps extends WithChildren {
  readonly title: string;
  readonly variant?: keyof typeof ALERT_ICONS;
}
export function Alert({ title, variant = 'info', children, testId }: AlertProps) {
  const Drawing = ALERT_ICONS[variant] ?? Info;
  const grave = variant === 'error' || variant === 'danger';
  return (
    <div
      className={`uie-alert uie-alert--${variant}`}
      role={grave ? 'alert' : 'status'}
      data-testid={testId}
    >
      <Drawing size={18} aria-hidden="true" />
      <div>
        <p className="uie-alert__title">{title}</p>
        {children ? <div className="uie-alert__body">{children}</div> : null}
      </div>
    </div>
  );
}

interface SpinnerProps {
  readonly label: string;
  readonly showLabel?: boolean;
  readonly layout?: 'inline' | 'centered';
  readonly size?: string;
}
export const LoadingSpinner = ({
  label,
  showLabel,
  layout = 'inline',
  size = 'sm',
}: SpinnerProps) => (
  <div className={`uie-spinner uie-spinner--${layout}`} role="status">
    <span className={`uie-spinner__wheel uie-spinner__wheel--${size}`} aria-hidden="true" />
    <span className={cls(!showLabel && 'uie-hidden')}>{label}</span>
  </div>
);

interface EmptyProps extends WithChildren {
  readonly title?: string;
  readonly layout?: string;
  readonly flush?: boolean;
}
export const EmptyState = ({ title, layout = 'vertical', flush, children, testId }: EmptyProps) => (
  <div
    className={cls('uie-empty', `uie-empty--${layout}`, flush && 'uie-empty--flush')}
    data-testid={testId}
  >
    <Inbox size={36} aria-hidden="true" />
    <div>
      {title ? <h3 className="uie-heading">{title}</h3> : null}
      {children}
    </div>
  </div>
);

const ERROR_ICONS = { error: CircleAlert, support: CircleHelp, lock: Lock } as const;

interface ErrorProps extends WithChildren {
  readonly title?: string;
  readonly type?: keyof typeof ERROR_ICONS;
}
export function ErrorState({ title, type = 'error', children, testId }: ErrorProps) {
  const Drawing = ERROR_ICONS[type] ?? CircleAlert;
  return (
    <div className="uie-empty uie-empty--vertical" role="alert" data-testid={testId}>
      <Drawing size={36} aria-hidden="true" />
      <div>
        {title ? <h3 className="uie-heading">{title}</h3> : null}
        {children}
      </div>
    </div>
  );
}
