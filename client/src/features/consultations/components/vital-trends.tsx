import type { ObservationSet } from '@jaqyn/shared/consultations/consultation.contract';
import { judgeVital, usualRange, type VitalCode, vitalSigns } from '@jaqyn/shared/consultations/vitals';
import { localDate } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatDate, formatNumber, formatTime } from '../../../lib/format.ts';
import { monthsOld } from '../months-old.ts';
import { listTrends, type TrendPoint } from '../vital-summary.ts';
import { vitalWords } from '../vital-words.ts';
import styles from './vital-trends.module.css';

const [WIDTH, HEIGHT, EDGE] = [240, 64, 8];
/** From here on large dots would lie on each other. */
const MANY = 20;

/** How each sign went that was taken more than once, in the band of its usual range; the table beside it has the numbers. */
export function VitalTrends({
  observations,
  birthDate,
}: {
  observations: readonly ObservationSet[];
  birthDate?: string | undefined;
}) {
  const { t } = useLingui();
  const trends = listTrends(observations);
  if (trends.length === 0) return null;
  const times = trends.flatMap(({ points }) => points.map(({ at }) => at)).sort();
  const [first, last] = [times[0] ?? '', times.at(-1) ?? ''];
  // Within a day the hour tells more, over years the day.
  const isOneDay = localDate(new Date(first)) === localDate(new Date(last));
  const words = isOneDay ? formatTime : formatDate;
  const [from, to] = [words(first), words(last)];
  return (
    <div className={styles.place}>
      <div className={styles.trends}>
        {trends.map(({ code, points }) => {
          const values = points.map(({ value }) => format(code, value)).join(', ');
          const label = t(vitalWords[code].label);
          const [first, last] = [points[0], points.at(-1)];
          return (
            <figure key={code} className={styles.trend}>
              <figcaption>
                {label}
                {first && last && (
                  <span className={styles.change}>
                    {format(code, first.value)} → <strong>{format(code, last.value)}</strong>
                  </span>
                )}
              </figcaption>
              <Plot code={code} points={points} label={`${label}: ${values}`} birthDate={birthDate} />
            </figure>
          );
        })}
        <p className={styles.legend}>
          <Trans>
            From {from} to {to}. The band is the usual range.
          </Trans>
        </p>
      </div>
    </div>
  );
}

interface PlotProps {
  readonly code: VitalCode;
  readonly points: readonly TrendPoint[];
  readonly label: string;
  readonly birthDate: string | undefined;
}

function Plot({ code, points, label, birthDate }: PlotProps) {
  // The band of the age at the last measurement; each dot is judged by its own.
  const usual = usualRange(code, monthsOld(birthDate, points.at(-1)?.at));
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values, usual[0]), Math.max(...values, usual[1])];
  const times = points.map(({ at }) => Date.parse(at));
  const [from = 0, to = 0] = [times[0], times.at(-1)];
  const x = (time: number) => EDGE + ((time - from) / Math.max(1, to - from)) * (WIDTH - 2 * EDGE);
  const y = (value: number) => HEIGHT - EDGE - ((value - low) / Math.max(0.1, high - low)) * (HEIGHT - 2 * EDGE);
  const dots = points.map(({ at, value }, index) => ({
    judgement: judgeVital(code, value, monthsOld(birthDate, at)),
    x: x(times[index] ?? from),
    y: y(value),
  }));
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.plot} role="img" aria-label={label}>
      <rect
        className={styles.band}
        x={0}
        width={WIDTH}
        y={y(usual[1])}
        height={Math.max(1, y(usual[0]) - y(usual[1]))}
      />
      <polyline className={styles.line} points={dots.map((dot) => `${dot.x},${dot.y}`).join(' ')} />
      {dots.map((dot, index) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be of one moment, and nothing is kept in them
          key={index}
          className={dot.judgement === 'usual' ? styles.dot : styles.unusual}
          cx={dot.x}
          cy={dot.y}
          r={dots.length > MANY ? 2 : 4}
        />
      ))}
    </svg>
  );
}

function format(code: VitalCode, value: number): string {
  return formatNumber(value, vitalSigns[code].step < 1 ? 1 : 0);
}
