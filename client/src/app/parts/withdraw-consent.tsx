import { ConsentId, type RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useRecordConsent } from '../../features/consultations/api/record-consent.ts';
import { newId } from '../../lib/ids.ts';
import { Action } from '../../ui/action.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** The patient does not agree any more: written down with what they say; what was given before stays in the record. */
export function WithdrawConsent({ requestId }: { requestId: RequestId }) {
  const { t } = useLingui();
  const [id] = useState(() => ConsentId.parse(newId()));
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const record = useRecordConsent(requestId);
  return (
    <>
      <Action tone="quiet" onClick={() => setIsOpen(true)}>
        <Trans>Withdraw consent</Trans>
      </Action>
      <ConfirmDialog
        isOpen={isOpen}
        title={<Trans>The patient withdraws the consent?</Trans>}
        confirmLabel={<Trans>Write it down</Trans>}
        tone="act-now"
        isBusy={record.isPending}
        canConfirm={reason.trim() !== ''}
        onCancel={() => setIsOpen(false)}
        onConfirm={() => record.mutate({ kind: 'withdrawn', id, reason }, { onSuccess: () => setIsOpen(false) })}
      >
        <p>
          <Trans>Everything written so far stays in the record. The specialist sees it at once.</Trans>
        </p>
        <TextField
          label={t`What does the patient say?`}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {record.isError && <ProblemNotice error={record.error} />}
      </ConfirmDialog>
    </>
  );
}
