import type { TimelineEntry } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatDayMonth, formatTime } from '../../../lib/format.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { useTimeline } from '../api/get-timeline.ts';
import { findStepWords } from '../timeline-words.ts';
import styles from './timeline.module.css';

/** Who did what and when, from the record that nobody can change, oldest first. */
export function Timeline({ requestId }: { requestId: RequestId }) {
  const { data, error, isPending, refetch, isFetching } = useTimeline(requestId);
  if (isPending) return <Skeleton lines={4} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  return (
    <ol className={styles.list}>
      {data.map((entry, index) => (
        // The record only grows at its end, so the place in it is the entry's name.
        <Entry key={index} entry={entry} previous={data[index - 1]} />
      ))}
    </ol>
  );
}

function Entry({ entry, previous }: { entry: TimelineEntry; previous: TimelineEntry | undefined }) {
  const { t } = useLingui();
  const day = formatDayMonth(entry.at);
  const words = findStepWords(entry.action);
  return (
    <>
      {(!previous || formatDayMonth(previous.at) !== day) && <li className={styles.day}>{day}</li>}
      <li className={styles.entry}>
        <time dateTime={entry.at} className={styles.time}>
          {formatTime(entry.at)}
        </time>
        <span className={styles[words?.tone ?? 'quiet']}>
          <StatusShape tone={words?.tone ?? 'quiet'} />
        </span>
        <span className={styles.what}>
          {words ? t(words.label) : entry.action}
          <span className={styles.who}>{entry.actorName ?? <Trans>by itself</Trans>}</span>
        </span>
      </li>
    </>
  );
}
