import type { DiaryCall, StoredLinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import { Trans } from '@lingui/react/macro';
import { formatDayMonth, formatNumber } from '../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { gradeWords } from '../grade-words.ts';
import styles from './network-diary.module.css';

/** kbit/s: what a voice takes, what a small picture takes beside it, what a sharp one does. */
const LINES = [32, 100, 400] as const;
const [LEAST, MOST] = [8, 2000];

interface NetworkPlotProps {
  readonly checks: readonly StoredLinkCheck[];
  readonly calls: readonly DiaryCall[];
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/**
 * What the link carried there and back over the days, on a scale of halves and doubles. A check has the shape of its grade, a call is a
 * hollow square. The table beneath says the same in words.
 */
export function NetworkPlot({ checks, calls, from, to }: NetworkPlotProps) {
  const left = (at: string) => `${(100 * (Date.parse(at) - from)) / (to - from)}%`;
  const top = (kbps: number) => {
    const bounded = Math.max(LEAST, Math.min(kbps, MOST));
    return `${100 * (1 - Math.log2(bounded / LEAST) / Math.log2(MOST / LEAST))}%`;
  };
  const carried = ({ sentBps, receivedBps }: Pick<StoredLinkCheck, 'sentBps' | 'receivedBps'>) =>
    top(Math.min(sentBps ?? 0, receivedBps ?? 0) / 1000);
  return (
    <figure className={styles.plot}>
      <div className={styles.frame} aria-hidden="true">
        <div className={styles.field}>
          {LINES.map((kbps) => (
            <span key={kbps} className={styles.line} style={{ top: top(kbps) }}>
              <span className={styles.lineLabel}>{formatNumber(kbps)}</span>
            </span>
          ))}
          {calls.map((call) => (
            <span
              key={call.requestId}
              className={classes(styles.mark, styles.call)}
              style={{ left: left(call.at), top: carried(call) }}
            />
          ))}
          {checks.map((check) => (
            <span
              key={check.id}
              className={classes(styles.mark, styles[check.grade])}
              style={{ left: left(check.at), top: carried(check) }}
            >
              <StatusShape tone={gradeWords[check.grade].tone} />
            </span>
          ))}
        </div>
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
