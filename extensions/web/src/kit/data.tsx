/** Data: DescriptionList, Tag, StatusTag, ScoreCircle, Statistics, ProgressBar, StepIndicator. */
import type { ReactNode } from 'react';
import { WithOverlay } from './overlay.tsx';
import { cls, say, type WithChildren } from './props.ts';

export const DescriptionList = ({
  direction = 'column',
  children,
  testId,
}: WithChildren & { readonly direction?: string }) => (
  <dl className={`uie-facts uie-facts--${direction}`} data-testid={testId}>
    {children}
  </dl>
);

export const DescriptionListItem = ({
  label,
  children,
}: WithChildren & { readonly label: string }) => (
  <div className="uie-fact">
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

interface TagProps extends WithChildren {
  readonly variant?: string;
  readonly overlay?: ReactNode;
  readonly onClick?: (event: unknown) => void;
}
export function Tag({ variant = 'default', overlay, onClick, children, testId }: TagProps) {
  const className = `uie-tag uie-tone--${variant}`;
  if (onClick === undefined && overlay === undefined) {
    return (
      <span className={className} data-testid={testId}>
        {children}
      </span>
    );
  }
  return (
    <WithOverlay overlay={overlay}>
      {(open) => (
        <button
          type="button"
          className={cls(className, 'uie-tag--button')}
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

interface StatusTagProps extends WithChildren {
  readonly variant?: string;
  readonly hollow?: boolean;
}
export const StatusTag = ({ variant = 'default', hollow, children, testId }: StatusTagProps) => (
  <span
    className={cls('uie-status', `uie-tone--${variant}`, hollow && 'uie-status--hollow')}
    data-testid={testId}
  >
    <span className="uie-status__dot" aria-hidden="true" />
    {children}
  </span>
);

/** The host's own cuts: below 33, below 66, and above. */
export function ScoreCircle({ score }: { readonly score: number }) {
  const band = score < 33 ? 'low' : score < 66 ? 'middle' : 'high';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element cannot be drawn as a circle
    <span
      className={`uie-score uie-score--${band}`}
      role="meter"
      aria-label={say('Score', '评分')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={score}
    >
      {score}
    </span>
  );
}

export const Statistics = ({ children, testId }: WithChildren) => (
  <dl className="uie-statistics" data-testid={testId}>
    {children}
  </dl>
);

interface ItemProps extends WithChildren {
  readonly label: string;
  readonly number: string | number;
}
export const StatisticsItem = ({ label, number, children }: ItemProps) => (
  <div className="uie-statistic">
    <dt>{label}</dt>
    <dd>
      <span className="uie-statistic__number">{number}</span>
      {children}
    </dd>
  </div>
);

interface TrendProps {
  readonly value: string;
  readonly direction: 'increase' | 'decrease';
  readonly color?: 'red' | 'green';
}
export function StatisticsTrend({ value, direction, color }: TrendProps) {
  const up = direction === 'increase';
  const tone = color ?? (up ? 'green' : 'red');
  return (
    <span className={`uie-trend uie-trend--${tone}`}>
      <span aria-hidden="true">{up ? '▲' : '▼'}</span>
      <span className="uie-hidden">{up ? say('Up', '上升') : say('Down', '下降')}</span> {value}
    </span>
  );
}

interface ProgressProps {
  readonly title?: string;
  readonly value?: number;
  readonly maxValue?: number;
  readonly showPercentage?: boolean;
  readonly valueDescription?: string;
  readonly variant?: string;
}
export function ProgressBar({
  title,
  value = 0,
  maxValue = 100,
  showPercentage,
  valueDescription,
  variant = 'success',
}: ProgressProps) {
  const share = maxValue === 0 ? 0 : Math.round((value / maxValue) * 100);
  return (
    <div className="uie-progress">
      <div className="uie-progress__head">
        <span>{title}</span>
        <span>{valueDescription ?? (showPercentage ? `${share}%` : null)}</span>
      </div>
      <progress
        className={`uie-progress__bar uie-progress__bar--${variant}`}
        value={value}
        max={maxValue}
        aria-label={title ?? valueDescription ?? `${share}%`}
      />
    </div>
  );
}
