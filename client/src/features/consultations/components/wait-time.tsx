import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans } from '@lingui/react/macro';
import { useNowSeconds } from '../../../lib/clock.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import { useElapsedSeconds } from '../../../ui/elapsed.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { clockOf, toneOfClock, type WaitTone } from '../waiting.ts';
import styles from './wait-time.module.css';

/** The colour of a consultation's clock now; null when nobody waits. */
export function useWaitTone(consultation: Consultation): WaitTone | null {
  const clock = clockOf(consultation);
  const now = useNowSeconds();
  return clock.kind === 'waiting' ? toneOfClock(clock, now * 1000) : null;
}

/** How long somebody waits, large and with its unit; its colour by the limits that are in force. */
export function WaitTime({ consultation }: { consultation: Consultation }) {
  const clock = clockOf(consultation);
  const seconds = useElapsedSeconds(clock.since);
  const now = useNowSeconds();
  switch (clock.kind) {
    case 'waiting': {
      const tone = toneOfClock(clock, now * 1000);
      return (
        <span className={classes(styles.wait, styles[tone])}>
          <StatusShape tone={tone} />
          <span className={styles.label}>
            <Trans>waiting</Trans>
          </span>{' '}
          <Span seconds={seconds} />
        </span>
      );
    }
    case 'talking':
      return (
        <span className={classes(styles.wait, styles.well)}>
          <StatusShape tone="well" />
          <span className={styles.label}>
            <Trans>talking</Trans>
          </span>{' '}
          <Span seconds={seconds} />
        </span>
      );
    case 'paused':
      return (
        <span className={classes(styles.wait, styles.quiet)}>
          <StatusShape tone="quiet" />
          <span className={styles.label}>
            <Trans>clock stands at</Trans>
          </span>{' '}
          <Span seconds={Math.max(0, (Date.parse(clock.until) - Date.parse(clock.since)) / 1000)} />
        </span>
      );
    case 'stopped':
      return <time dateTime={clock.since}>{formatDateTime(clock.since)}</time>;
  }
}

function Span({ seconds }: { seconds: number }) {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const rest = minutes % 60;
  return (
    <strong className={styles.number}>
      {minutes < 1 ? (
        <Trans>under 1 min</Trans>
      ) : hours < 1 ? (
        <Trans>{minutes} min</Trans>
      ) : days < 1 ? (
        <Trans>
          {hours} h {rest} min
        </Trans>
      ) : (
        <Trans>{days} d</Trans>
      )}
    </strong>
  );
}
