import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans } from '@lingui/react/macro';
import { formatDateTime } from '../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import { useElapsedSeconds } from '../../../ui/elapsed.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { clockOf, toneOfWait, type WaitTone } from '../waiting.ts';
import styles from './wait-time.module.css';

/** The colour of a consultation's clock now; null when nobody waits. */
export function useWaitTone(consultation: Consultation): WaitTone | null {
  const clock = clockOf(consultation);
  const seconds = useElapsedSeconds(clock.since);
  return clock.kind === 'waiting' ? toneOfWait(seconds) : null;
}

/** How long somebody waits, large and with its unit: amber from 5 minutes, red past 15. */
export function WaitTime({ consultation }: { consultation: Consultation }) {
  const clock = clockOf(consultation);
  const seconds = useElapsedSeconds(clock.since);
  switch (clock.kind) {
    case 'waiting': {
      const tone = toneOfWait(seconds);
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
