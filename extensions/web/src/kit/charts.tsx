/** Charts: BarChart, LineChart. Their width is measured, so that text stays 12 px. */
import { useEffect, useRef, useState } from 'react';
import { say } from './props.ts';

type Row = Readonly<Record<string, number | string>>;
interface Axis {
  readonly field: string;
  readonly fieldType?: string;
  readonly label?: string;
}
interface ChartProps {
  readonly data: readonly Row[] | { readonly data: readonly Row[] };
  readonly axes: { readonly x: Axis; readonly y: Axis };
  readonly options?: { readonly title?: string; readonly showDataLabels?: boolean };
}

const HEIGHT = 200;
const PAD = { top: 20, right: 8, bottom: 28, left: 8 };

function useWidth() {
  const element = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(320);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width || 320));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, width };
}

function pointsOf({ data, axes }: ChartProps, width: number) {
  const rows = 'data' in data ? data.data : data;
  const values = rows.map((row) => Number(row[axes.y.field]));
  const top = Math.max(...values, 0) || 1;
  const step = (width - PAD.left - PAD.right) / Math.max(rows.length, 1);
  const inner = HEIGHT - PAD.top - PAD.bottom;
  return rows.map((row, i) => ({
    name: String(row[axes.x.field]),
    value: values[i] ?? 0,
    x: PAD.left + step * (i + 0.5),
    y: PAD.top + inner * (1 - (values[i] ?? 0) / top),
    step,
  }));
}

type Points = ReturnType<typeof pointsOf>;

function Chart({
  draw,
  ...props
}: ChartProps & { readonly draw: (points: Points) => React.ReactNode }) {
  const { element, width } = useWidth();
  const points = pointsOf(props, width);
  const title = props.options?.title ?? props.axes.y.label ?? say('Chart', '图表');
  const summary = points.map(({ name, value }) => `${name}: ${value}`).join('; ');
  return (
    <figure className="uie-chart" ref={element}>
      {props.options?.title ? <figcaption>{title}</figcaption> : null}
      <svg width={width} height={HEIGHT} role="img" aria-label={`${title}. ${summary}`}>
        <line
          x1={0}
          x2={width}
          y1={HEIGHT - PAD.bottom}
          y2={HEIGHT - PAD.bottom}
          className="uie-chart__axis"
        />
        {draw(points)}
        {points.map(({ name, x }) => (
          <text key={name} x={x} y={HEIGHT - 10} textAnchor="middle" className="uie-chart__text">
            {name}
          </text>
        ))}
        {props.options?.showDataLabels
          ? points.map(({ name, value, x, y }) => (
              <text key={name} x={x} y={y - 6} textAnchor="middle" className="uie-chart__text">
                {value}
              </text>
            ))
          : null}
      </svg>
    </figure>
  );
}

export const BarChart = (props: ChartProps) => (
  <Chart
    {...props}
    draw={(points) =>
      points.map(({ name, x, y, step }) => {
        const width = Math.min(48, step * 0.6);
        return (
          <rect
            key={name}
            x={x - width / 2}
            y={y}
            width={width}
            height={HEIGHT - PAD.bottom - y}
            rx={2}
            className="uie-chart__bar"
          />
        );
      })
    }
  />
);

export const LineChart = (props: ChartProps) => (
  <Chart
    {...props}
    draw={(points) => (
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
        className="uie-chart__line"
      />
    )}
  />
);
