import type { DiaryCall, StoredLinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import { Trans } from '@lingui/react/macro';
import { formatDayMonth, formatNumber } from '../../../lib/format.ts';
import styles from './network-diary.module.css';

const WIDTH = 1000;
const HEIGHT = 180;
const PAD = 10;
/** kbit/s: what a voice takes, what a small picture takes beside it, what a sharp one does. */
const LINES = [32, 100, 400] as const;

/**
 * What the link carried there and back over the days, the rate growing fourfold from line to line. A check is drawn by its grade, a
 * call as a hollow square. The table beneath says the same in words.
 */
export function NetworkPlot({
  checks,
  calls,
  from,
  to,
}: {
  checks: readonly StoredLinkCheck[];
  calls: readonly DiaryCall[];
  from: number;
  to: number;
}) {
  const x = (at: string) => PAD + ((Date.parse(at) - from) / (to - from)) * (WIDTH - 2 * PAD);
  const y = (kbps: number) => {
    const share = Math.log2(Math.max(8, Math.min(kbps, 2000)) / 8) / Math.log2(2000 / 8);
    return HEIGHT - PAD - share * (HEIGHT - 2 * PAD);
  };
  const carried = ({ sentBps, receivedBps }: { sentBps: number | null; receivedBps: number | null }) =>
    Math.min(sentBps ?? 0, receivedBps ?? 0) / 1000;
  return (
    <figure className={styles.plot}>
      <div className={styles.frame}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.drawing} aria-hidden="true" role="presentation">
          {LINES.map((kbps) => (
            <line key={kbps} className={styles.line} x1={0} x2={WIDTH} y1={y(kbps)} y2={y(kbps)} />
          ))}
          {calls.map((call) => (
            <rect
              key={call.requestId}
              className={styles.call}
              x={x(call.at) - 6}
              y={y(carried(call)) - 6}
              width={12}
              height={12}
            />
          ))}
          {checks.map((check) => (
            <Mark key={check.id} grade={check.grade} x={x(check.at)} y={y(carried(check))} />
          ))}
        </svg>
        {LINES.map((kbps) => (
          <span key={kbps} className={styles.lineLabel} style={{ top: `${(100 * y(kbps)) / HEIGHT}%` }}>
            {formatNumber(kbps)}
          </span>
        ))}
      </div>
      <figcaption className={styles.caption}>
        <span>{formatDayMonth(new Date(from).toISOString())}</span>
        <span>
          <Trans>kbit/s both ways; a square is a call</Trans>
        </span>
        <span>{formatDayMonth(new Date(to).toISOString())}</span>
      </figcaption>
    </figure>
  );
}

/** The shapes of the badges: they tell the grades apart without colour. */
function Mark({ grade, x, y }: { grade: StoredLinkCheck['grade']; x: number; y: number }) {
  switch (grade) {
    case 'pass':
      return <circle className={styles.pass} cx={x} cy={y} r={7} />;
    case 'warn':
      return <path className={styles.warn} d={`M${x} ${y - 8}l8 14h-16z`} />;
    case 'fail':
      return <path className={styles.fail} d={`M${x - 4} ${y - 8}h8l5 5v7l-5 5h-8l-5-5v-7z`} />;
  }
}
