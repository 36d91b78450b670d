import { listMessages } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import styles from './chat-panel.module.css';

/** What was written in the call, to be read after it. */
export function ChatHistory({ requestId, ownUserId }: { requestId: RequestId; ownUserId: UserId }) {
  const { t } = useLingui();
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ['consultations', 'messages', requestId],
    queryFn: async ({ signal }) => (await call(listMessages, { params: { requestId } }, { signal })).messages,
  });
  if (isPending) return <Skeleton lines={1} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  if (data.length === 0) {
    return (
      <p className={styles.empty}>
        <Trans>No messages were written.</Trans>
      </p>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <ol className={styles.messages} tabIndex={0} aria-label={t`Messages`}>
      {data.map((message) => (
        <li key={message.id} className={classes(styles.message, message.author.userId === ownUserId && styles.own)}>
          {message.text}
          <span className={styles.meta}>
            {message.author.displayName} · {formatDateTime(message.sentAt)}
          </span>
        </li>
      ))}
    </ol>
  );
}
