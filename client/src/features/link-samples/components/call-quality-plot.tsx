import { formatTime } from '../../../lib/format.ts';
import type { EndQuality } from '../call-quality.ts';
import styles from './call-quality-panel.module.css';

const WIDTH = 1000;
const HEIGHT = 100;
/** Above it people are satisfied, below the second most are not (ITU-T G.107, Annex B). */
const LIMITS = [70, 50] as const;

/** The voice over the length of the call, with the two limits; beneath it what of a picture was sent. The words beside it say the same. */
export function CallQualityPlot({ end, from, to }: { end: EndQuality; from: number; to: number }) {
  const x = (at: number) => ((at - from) / Math.max(1, to - from)) * WIDTH;
  const y = (r: number) => HEIGHT - r;
  return (
    <figure className={styles.plot}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 16}`}
        preserveAspectRatio="none"
        className={styles.drawing}
        aria-hidden="true"
        role="presentation"
      >
        {LIMITS.map((limit) => (
          <line key={limit} className={styles.limit} x1={0} x2={WIDTH} y1={y(limit)} y2={y(limit)} />
        ))}
        {end.runs.map((run) => {
          const heard = run.flatMap(({ at, r }) => (r === undefined ? [] : [[x(at), y(r)] as const]));
          const [first] = heard;
          if (first === undefined) return null;
          // One point alone has no length: it is drawn as a short line.
          const line = heard.length > 1 ? heard : [[Math.max(0, first[0] - 8), first[1]] as const, first];
          return (
            <polyline key={run[0]?.at} className={styles.line} points={line.map((at) => at.join(',')).join(' ')} />
          );
        })}
        {end.steps.map((span) => (
          <rect
            key={span.from}
            className={styles[span.step]}
            x={x(span.from)}
            width={Math.max(2, x(span.to) - x(span.from))}
            y={HEIGHT + 4}
            height={12}
          />
        ))}
      </svg>
      <figcaption className={styles.ends}>
        <span>{formatTime(new Date(from).toISOString())}</span>
        <span>{formatTime(new Date(to).toISOString())}</span>
      </figcaption>
    </figure>
  );
}
