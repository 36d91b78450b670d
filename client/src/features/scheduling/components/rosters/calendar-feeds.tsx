import type { FeedId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarFeed } from '@jaqyn/shared/scheduling/calendar-feed.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCopy, IconLink, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDateTime } from '../../../../lib/format.ts';
import { newId } from '../../../../lib/ids.ts';
import { Action } from '../../../../ui/action.tsx';
import { ConfirmDialog } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import { useCreateCalendarFeed } from '../../api/create-calendar-feed.ts';
import { useCalendarFeeds } from '../../api/list-calendar-feeds.ts';
import { useRevokeCalendarFeed } from '../../api/revoke-calendar-feed.ts';
import styles from './calendar-feeds.module.css';
import list from './entry-list.module.css';
import { Notice } from './form.tsx';

/** Addresses for other calendar programs: told once, copied, taken back one by one. No patient is named in them. */
export function CalendarFeeds({ practitionerId }: { practitionerId: PractitionerId }) {
  const { data, error, isPending, isFetching, refetch } = useCalendarFeeds(practitionerId);
  const create = useCreateCalendarFeed();
  const revoke = useRevokeCalendarFeed();
  const [label, setLabel] = useState('');
  const [id, setId] = useState(() => newId() as FeedId);
  const [revoking, setRevoking] = useState<CalendarFeed>();
  const add = () => {
    if (label.trim() === '') return;
    create.mutate(
      { params: { practitionerId }, body: { id, label } },
      {
        onSuccess: () => {
          setLabel('');
          setId(newId() as FeedId);
        },
      },
    );
  };
  const revokingLabel = revoking?.label;
  return (
    <>
      <p className="quiet">
        <Trans>
          A telephone or another calendar program can show the booked appointments: time and station, never a patient's
          name. Whoever has the address can read it.
        </Trans>
      </p>
      {create.data?.path != null && <NewAddress key={create.data.feed.id} path={create.data.path} />}
      <form
        className={styles.add}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label={<Trans>Where it will be used</Trans>}
          description={<Trans>For example: my telephone</Trans>}
          value={label}
          maxLength={60}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Action
          type="submit"
          icon={<IconLink size={20} aria-hidden />}
          isBusy={create.isPending}
          disabled={label.trim() === ''}
        >
          <Trans>Make an address</Trans>
        </Action>
      </form>
      {create.error && <ProblemNotice error={create.error} />}
      {isPending && <Skeleton lines={1} />}
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && data.length > 0 && (
        <ul className={list.list}>
          {data.map((feed) => (
            <Feed key={feed.id} feed={feed} onRevoke={() => setRevoking(feed)} />
          ))}
        </ul>
      )}
      <ConfirmDialog
        isOpen={revoking !== undefined}
        title={<Trans>Take the address back?</Trans>}
        confirmLabel={<Trans>Take back the address</Trans>}
        tone="act-now"
        isBusy={revoke.isPending}
        onCancel={() => setRevoking(undefined)}
        onConfirm={() =>
          revoking &&
          revoke.mutate(
            { params: { practitionerId, feedId: revoking.id } },
            { onSuccess: () => setRevoking(undefined) },
          )
        }
      >
        <p>
          <Trans>“{revokingLabel}” stops working at once. Other addresses stay as they are.</Trans>
        </p>
        {revoke.error && <ProblemNotice error={revoke.error} />}
      </ConfirmDialog>
    </>
  );
}

function NewAddress({ path }: { path: string }) {
  const { t } = useLingui();
  const [isCopied, setIsCopied] = useState(false);
  const address = new URL(path, location.origin).href;
  return (
    <Notice tone="heed" isLive>
      <strong>
        <Trans>Copy the address now: it is shown only this once.</Trans>
      </strong>
      <input
        className={styles.address}
        readOnly
        aria-label={t`Calendar address`}
        value={address}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Action
        icon={<IconCopy size={20} aria-hidden />}
        onClick={() => void navigator.clipboard.writeText(address).then(() => setIsCopied(true))}
      >
        {isCopied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
      </Action>
    </Notice>
  );
}

function Feed({ feed, onRevoke }: { feed: CalendarFeed; onRevoke(): void }) {
  const { t } = useLingui();
  const [created, read] = [formatDateTime(feed.createdAt), feed.lastReadAt && formatDateTime(feed.lastReadAt)];
  return (
    <li className={list.entry}>
      <div className={list.words}>
        <span className={list.title}>{feed.label}</span>
        <span className="quiet">
          <Trans>made {created}</Trans>, {read ? t`last read ${read}` : t`not read yet`}
        </span>
      </div>
      {feed.revokedAt === null ? (
        <Action tone="quiet" icon={<IconTrash size={20} aria-hidden />} onClick={onRevoke}>
          <Trans>Take back the address</Trans>
        </Action>
      ) : (
        <StatusBadge tone="quiet">
          <Trans>no longer works</Trans>
        </StatusBadge>
      )}
    </li>
  );
}
