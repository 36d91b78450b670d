import { Trans } from '@lingui/react/macro';
import { formatCalendarDate, formatDateTime } from '../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusShape, type StatusTone } from '../../../ui/status-badge.tsx';
import { useMyAvailability } from '../api/get-my-availability.ts';
import { useSetMyAvailability } from '../api/set-my-availability.ts';
import styles from './availability-switch.module.css';

/** One switch, and in words whether a call would ring here now: the switch alone does not say it, the roster decides too. */
export function AvailabilitySwitch() {
  const { data, error, isPending, refetch, isFetching } = useMyAvailability();
  const change = useSetMyAvailability();
  if (isPending) return <Skeleton lines={1} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;

  const { isAvailable, onCallUntil, licence } = data;
  const licensedUntil = licence.until && formatCalendarDate(licence.until);
  const until = onCallUntil && formatDateTime(onCallUntil);
  const tone: StatusTone = !until ? 'quiet' : isAvailable ? 'well' : 'heed';
  return (
    <div className={styles.box}>
      <button
        type="button"
        role="switch"
        aria-checked={isAvailable}
        aria-busy={change.isPending}
        disabled={change.isPending}
        className={styles.switch}
        onClick={() => change.mutate(!isAvailable)}
      >
        <span className={styles.track} aria-hidden="true">
          <span className={styles.thumb} />
        </span>
        <Trans>I take calls</Trans>
      </button>
      {licence.standing === 'ended' ? (
        <p className={classes(styles.words, styles['act-now'])} role="alert">
          <StatusShape tone="act-now" />
          <span>
            <Trans>
              No licence of yours holds today: nothing rings, and you cannot accept or sign. What you write is kept. Ask
              the administrator to enter the new one.
            </Trans>
          </span>
        </p>
      ) : (
        <p className={classes(styles.words, styles[tone])} role="status">
          <StatusShape tone={tone} />
          <span>
            {until && isAvailable ? (
              <Trans>On call until {until}: calls ring here</Trans>
            ) : until ? (
              <Trans>On call until {until}, but you are switched off: nothing rings</Trans>
            ) : isAvailable ? (
              <Trans>No shift on the roster now: calls ring when it begins</Trans>
            ) : (
              <Trans>No shift on the roster now</Trans>
            )}
          </span>
        </p>
      )}
      {licence.standing === 'ending' && (
        <p className={classes(styles.words, styles.heed)}>
          <StatusShape tone="heed" />
          <span>
            <Trans>Your licence ends on {licensedUntil}: after that nothing rings, and you cannot sign</Trans>
          </span>
        </p>
      )}
      {change.isError && <ProblemNotice error={change.error} />}
    </div>
  );
}
