import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { TextAreaField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useAmendConclusion } from '../api/amend-conclusion.ts';

interface AmendDialogProps {
  readonly requestId: RequestId;
  onBegun(): void;
  onCancel(): void;
}

/** Why a signed conclusion is corrected; the reason stands in the new document. */
export function AmendDialog({ requestId, onBegun, onCancel }: AmendDialogProps) {
  const { t } = useLingui();
  const amend = useAmendConclusion(requestId);
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Amend the signed conclusion</Trans>}
      confirmLabel={<Trans>Write the amendment</Trans>}
      isBusy={amend.isPending}
      canConfirm={reason.trim() !== ''}
      onConfirm={() => amend.mutate(reason, { onSuccess: onBegun })}
      onCancel={onCancel}
    >
      <p>
        <Trans>
          The signed document stays as it is and in force. Your amendment becomes a new document that names what was
          changed; the station is told and reads it to the patient again.
        </Trans>
      </p>
      <TextAreaField
        label={t`What was wrong? It stands in the new document.`}
        name="reason"
        maxLength={500}
        rows={3}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {amend.isError && <ProblemNotice error={amend.error} />}
    </ConfirmDialog>
  );
}
