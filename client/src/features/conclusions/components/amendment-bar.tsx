import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDateTime } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { useDiscardAmendment } from '../api/discard-amendment.ts';
import { useSignedConclusion } from '../api/get-signed-conclusion.ts';
import styles from './amendment-bar.module.css';

/** Above the form while a signed conclusion is being corrected: what it replaces, why, and the way back. */
export function AmendmentBar({ requestId, onDiscarded }: { requestId: RequestId; onDiscarded: () => void }) {
  const { data } = useSignedConclusion(requestId, true);
  const discard = useDiscardAmendment(requestId);
  const [isAsking, setIsAsking] = useState(false);
  if (data === undefined || data.replaces === null || data.status !== 'preliminary') return null;
  const when = formatDateTime(data.replaces.signedAt);
  const reason = data.amendReason;
  return (
    <div className={styles.bar}>
      <p>
        <StatusShape tone="heed" />{' '}
        <Trans>
          You are amending the conclusion signed {when}. It stays in force until this one is signed. Reason: {reason}
        </Trans>
      </p>
      <Action tone="danger" icon={<IconTrash size={20} aria-hidden />} onClick={() => setIsAsking(true)}>
        <Trans>Throw the amendment away</Trans>
      </Action>
      <ConfirmDialog
        isOpen={isAsking}
        title={<Trans>Throw the amendment away?</Trans>}
        confirmLabel={<Trans>Throw away</Trans>}
        cancelLabel={<Trans>Go on writing</Trans>}
        tone="act-now"
        isBusy={discard.isPending}
        onConfirm={() => discard.mutate(undefined, { onSuccess: onDiscarded })}
        onCancel={() => setIsAsking(false)}
      >
        <p>
          <Trans>What you changed is lost. The signed conclusion stays as it was.</Trans>
        </p>
        {discard.isError && <ProblemNotice error={discard.error} />}
      </ConfirmDialog>
    </div>
  );
}
