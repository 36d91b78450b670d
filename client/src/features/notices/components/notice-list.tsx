import type { Notice } from '@jaqyn/shared/notices/notice.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatDateTime } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action, ActionAnchor } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNotices } from '../api/list-notices.ts';
import { useReadNotices } from '../api/read-notices.ts';
import { NOTICE_TONES, NOTICE_WORDS } from '../notice-words.ts';
import styles from './notices.module.css';

/** My notices; `hrefOf` says where what one is about is to be seen. */
export function NoticeList({ hrefOf }: { hrefOf: (notice: Notice) => string | undefined }) {
  const { data, error, isPending, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useNotices();
  const read = useReadNotices();
  if (isPending) return <Skeleton lines={5} />;
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  const notices = data?.pages.flatMap((page) => page.notices) ?? [];
  const [newest] = notices;
  if (newest === undefined) {
    return (
      <EmptyState
        title={<Trans>No notices</Trans>}
        why={<Trans>What is booked, moved, cancelled or signed is told here by itself.</Trans>}
      />
    );
  }
  const isAnyUnread = notices.some(({ readAt }) => readAt === null);
  return (
    <>
      {read.error && <ProblemNotice error={read.error} />}
      {isAnyUnread && (
        <div>
          <Action isBusy={read.isPending} onClick={() => read.mutate({ ids: [], allUntil: newest.at })}>
            <Trans>Mark all as read</Trans>
          </Action>
        </div>
      )}
      <ul className={styles.list}>
        {inRuns(notices).map((run) =>
          run.length < LEAST_TOGETHER ? (
            run.map((notice) => (
              <NoticeItem
                key={notice.id}
                notice={notice}
                href={hrefOf(notice)}
                onRead={() => read.mutate({ ids: [notice.id], allUntil: null })}
              />
            ))
          ) : (
            <NoticeRun
              key={run[0]?.id}
              notices={run}
              hrefOf={hrefOf}
              onRead={(ids) => read.mutate({ ids, allUntil: null })}
            />
          ),
        )}
      </ul>
      {hasNextPage && (
        <div className={layout.row}>
          <Action isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            <Trans>Show older</Trans>
          </Action>
        </div>
      )}
    </>
  );
}

const LEAST_TOGETHER = 3;

/** Those of one kind that follow each other, read and unread apart: nine reminders are one thing to look at. */
function inRuns(notices: readonly Notice[]): Notice[][] {
  const runs: Notice[][] = [];
  for (const notice of notices) {
    const last = runs.at(-1)?.at(-1);
    const isSame = last?.kind === notice.kind && (last.readAt === null) === (notice.readAt === null);
    if (isSame) runs.at(-1)?.push(notice);
    else runs.push([notice]);
  }
  return runs;
}

interface NoticeRunProps {
  /** Of one kind, three at least. */
  readonly notices: readonly Notice[];
  readonly hrefOf: (notice: Notice) => string | undefined;
  onRead(ids: Notice['id'][]): void;
}

function NoticeRun({ notices, hrefOf, onRead }: NoticeRunProps) {
  const { t } = useLingui();
  const [newest] = notices;
  if (newest === undefined) return null;
  const { kind, at, readAt } = newest;
  const count = notices.length;
  const isUnread = readAt === null;
  return (
    <li className={classes(styles.item, isUnread && styles.unread)}>
      <div className={styles.words}>
        <span>
          <StatusBadge tone={NOTICE_TONES[kind]}>
            {t(NOTICE_WORDS[kind])}: {count}
          </StatusBadge>
        </span>
        <span className={styles.quiet}>
          {formatDateTime(at)} {isUnread && <Trans>· unread</Trans>}
        </span>
      </div>
      {isUnread && (
        <Action tone="quiet" onClick={() => onRead(notices.map(({ id }) => id))}>
          <Trans>Mark as read</Trans>
        </Action>
      )}
      <div className={styles.run}>
        <Disclosure title={<Trans>Show each of them</Trans>}>
          <ul className={styles.list}>
            {notices.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} href={hrefOf(notice)} onRead={() => onRead([notice.id])} />
            ))}
          </ul>
        </Disclosure>
      </div>
    </li>
  );
}

function NoticeItem({ notice, href, onRead }: { notice: Notice; href: string | undefined; onRead: () => void }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { kind, parameters, at, readAt } = notice;
  const { startsAt, requestNumber, practitionerName } = parameters;
  const about = [
    startsAt === null ? '' : formatDateTime(startsAt),
    localText(parameters.specialtyName),
    practitionerName ?? '',
    localText(parameters.stationName),
    `№\u00A0${requestNumber}`,
  ].filter((part) => part !== '');
  const isUnread = readAt === null;
  return (
    <li className={classes(styles.item, isUnread && styles.unread)}>
      <div className={styles.words}>
        <span>
          <StatusBadge tone={NOTICE_TONES[kind]}>{t(NOTICE_WORDS[kind])}</StatusBadge>
        </span>
        <span>{about.join(' · ')}</span>
        <span className={styles.quiet}>
          {formatDateTime(at)} {isUnread && <Trans>· unread</Trans>}
        </span>
      </div>
      <div className={layout.row}>
        {href !== undefined && (
          <ActionAnchor href={href} onClick={() => isUnread && onRead()}>
            <Trans>Open it</Trans>
          </ActionAnchor>
        )}
        {isUnread && (
          <Action tone="quiet" onClick={onRead}>
            <Trans>Mark as read</Trans>
          </Action>
        )}
      </div>
    </li>
  );
}
