import type { PatientMerge } from '@jaqyn/shared/patients/duplicate.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useRef, useState } from 'react';
import { formatDateTime } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { ShowMore } from '../../../ui/show-more.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useMerges, useUndoMerge } from '../api/merge-patients.ts';

/** Cards that were made one; each can be made two again. */
export function MergeHistory() {
  const { t } = useLingui();
  const merges = useMerges();
  const undo = useUndoMerge();
  const [asked, setAsked] = useState<PatientMerge>();
  const [reason, setReason] = useState('');
  const list = useRef<HTMLUListElement>(null);
  if (merges.isPending) return <Skeleton lines={3} />;
  if (!merges.data) {
    return <ProblemNotice error={merges.error} onRetry={() => void merges.refetch()} isRetrying={merges.isFetching} />;
  }
  if (merges.data.merges.length === 0) {
    return (
      <EmptyState
        title={<Trans>No cards were made one yet</Trans>}
        why={<Trans>What is done here can be undone here.</Trans>}
      />
    );
  }
  return (
    <>
      <ul ref={list} className={layout.list} tabIndex={-1}>
        {merges.data.merges.map((merge) => (
          <li key={merge.id} className={layout.card}>
            <Row merge={merge}>
              {merge.undoneAt === null && (
                <Action
                  onClick={() => {
                    setAsked(merge);
                    setReason('');
                  }}
                >
                  <Trans>Make them two again</Trans>
                </Action>
              )}
            </Row>
          </li>
        ))}
      </ul>
      <ShowMore
        shown={merges.data.merges.length}
        total={merges.data.total}
        hasMore={merges.hasNextPage}
        isBusy={merges.isFetchingNextPage}
        onMore={() => void merges.fetchNextPage()}
      />
      <ConfirmDialog
        isOpen={asked !== undefined}
        title={<Trans>Make them two cards again?</Trans>}
        confirmLabel={<Trans>Make them two again</Trans>}
        isBusy={undo.isPending}
        canConfirm={reason.trim() !== ''}
        onCancel={() => setAsked(undefined)}
        onConfirm={() =>
          asked &&
          undo.mutate(
            { mergeId: asked.id, reason },
            {
              onSuccess: () => {
                setAsked(undefined);
                // The button that had asked is gone.
                requestAnimationFrame(() => list.current?.focus());
              },
            },
          )
        }
      >
        <p>
          <Trans>
            Values and requests go back to their cards. What was made since stays with the card that was kept.
          </Trans>
        </p>
        <TextField
          label={t`Why?`}
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {undo.isError && <ProblemNotice error={undo.error} />}
      </ConfirmDialog>
    </>
  );
}

function Row({ merge, children }: { merge: PatientMerge; children: ReactNode }) {
  const { keptName, mergedName, byName, reason, undoneAt } = merge;
  const at = formatDateTime(merge.at);
  const undone = undoneAt === null ? '' : formatDateTime(undoneAt);
  return (
    <div className={`${layout.row} ${layout.spread}`}>
      <div>
        <strong>
          {mergedName} → {keptName}
        </strong>
        <p className="quiet">
          {at} · {byName} · {reason}
        </p>
        {undoneAt !== null && (
          <StatusBadge tone="quiet">
            <Trans>Made two again {undone}</Trans>
          </StatusBadge>
        )}
      </div>
      {children}
    </div>
  );
}
