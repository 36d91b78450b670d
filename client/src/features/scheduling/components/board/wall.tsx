import { localDate } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { serverNow, useNowSeconds } from '../../../../lib/clock.ts';
import { formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { classes } from '../../../../ui/classes.ts';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { StatusShape } from '../../../../ui/status-badge.tsx';
import { useDayOfAll } from '../../api/list-day-of-all.ts';
import { useWaitlist } from '../../api/list-waitlist.ts';
import { useBoardWords } from './board-context.ts';
import styles from './wall.module.css';
import { clockOf, type LateOne, lateCheckIns, overdueOf, unbroken } from './wall-model.ts';

export interface WallRequest {
  readonly id: string;
  readonly minutes: number;
  readonly title: string;
  readonly place: string;
}

interface WallProps {
  /** Undefined while nobody knows: a wall never says "nobody" because it could not ask. */
  readonly requests: readonly WallRequest[] | undefined;
  readonly requestsError: Error | null;
}

/** For a screen on the wall: what is late in large clocks, the reddest first. Live, and without anything to press. */
export function Wall({ requests, requestsError }: WallProps) {
  const localText = useLocalText();
  const { specialtyName } = useBoardWords();
  const now = Math.floor(useNowSeconds() / 60);
  const today = localDate(new Date(serverNow()));
  const waitlist = useWaitlist({ limit: 500 });
  const day = useDayOfAll(today, {});
  const error = requestsError ?? waitlist.error ?? day.error;
  const overdue = waitlist.data && overdueOf(waitlist.data.entries, now);
  // The longest overdue come first: where all that came are, there may be more.
  const hasMore = waitlist.data && waitlist.data.total > waitlist.data.entries.length;
  const isCut = hasMore === true && overdue?.length === waitlist.data?.entries.length;
  const late = day.data && lateCheckIns(day.data, now);
  const toLine = ({ appointment, minutes }: LateOne) => ({
    id: appointment.id,
    minutes,
    title: `${specialtyName(appointment.specialty)} · ${unbroken(appointment.requestNumber)}`,
    place: localText(appointment.station.name),
  });
  return (
    <div className={styles.wall}>
      <p className={styles.now}>{formatTime(new Date(serverNow()))}</p>
      {error !== null && <ProblemNotice error={error} />}
      <div className={styles.columns}>
        <Column title={<Trans>Waiting for an answer</Trans>} lines={requests} />
        <Column title={<Trans>Not at the station</Trans>} lines={late?.map(toLine)} />
        <Column title={<Trans>Waiting past the date</Trans>} lines={overdue?.map(toLine)} isCut={isCut} />
      </div>
    </div>
  );
}

/** What fits on a wall; the rest is a number. */
const SHOWN = 7;

interface ColumnProps {
  readonly title: ReactNode;
  readonly lines: readonly WallRequest[] | undefined;
  /** There are more than came. */
  readonly isCut?: boolean;
}

function Column({ title, lines, isCut = false }: ColumnProps) {
  const more = (lines?.length ?? 0) - SHOWN;
  return (
    <section className={styles.column}>
      <h2 className={styles.title}>
        {title}{' '}
        <span className={styles.count}>
          {lines?.length}
          {isCut && '+'}
        </span>
      </h2>
      {lines === undefined && <Skeleton lines={3} />}
      {lines?.length === 0 && (
        <p className={styles.none}>
          <StatusShape tone="well" /> <Trans>Nobody</Trans>
        </p>
      )}
      <ol className={styles.list}>
        {lines?.slice(0, SHOWN).map((line) => (
          <li key={line.id} className={classes(styles.line, line.minutes > 0 ? styles.late : styles.soon)}>
            <StatusShape tone={line.minutes > 0 ? 'act-now' : 'heed'} />
            <Clock minutes={line.minutes} />
            <span className={styles.what}>
              <b>{line.title}</b>
              <span>{line.place}</span>
            </span>
          </li>
        ))}
      </ol>
      {more > 0 && (
        <p className={styles.none}>
          <Trans>and {more} more</Trans>
          {isCut && '+'}
        </p>
      )}
    </section>
  );
}

function Clock({ minutes }: { minutes: number }) {
  const { t } = useLingui();
  const { kind, text } = clockOf(minutes);
  const words = { minutes: t`${text} min`, hours: t`${text} h`, days: t`${text} d` }[kind];
  return <span className={styles.clock}>{minutes < 0 ? t`in ${words}` : words}</span>;
}
