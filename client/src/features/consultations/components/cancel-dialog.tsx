import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useCancelConsultation } from '../api/cancel-consultation.ts';

interface CancelDialogProps {
  readonly requestId: RequestId;
  readonly isOpen: boolean;
  onClose(): void;
  onCancelled(): void;
}

type Reason = 'mistake' | 'better' | 'gone' | 'other';

/** Cancelling stops the ringing everywhere; the reason stays in the record. */
export function CancelDialog({ requestId, isOpen, onClose, onCancelled }: CancelDialogProps) {
  const { t } = useLingui();
  const cancel = useCancelConsultation(requestId);
  const [reason, setReason] = useState<Reason | null>(null);
  const [words, setWords] = useState('');
  const choices: { value: Reason; title: string }[] = [
    { value: 'mistake', title: t`Called by mistake` },
    { value: 'better', title: t`The patient feels better` },
    { value: 'gone', title: t`The patient was taken to hospital` },
    { value: 'other', title: t`Another reason` },
  ];
  const text = reason === 'other' ? words.trim() : (choices.find(({ value }) => value === reason)?.title ?? '');

  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={<Trans>Cancel the request?</Trans>}
      confirmLabel={<Trans>Cancel the request</Trans>}
      tone="act-now"
      canConfirm={text !== ''}
      isBusy={cancel.isPending}
      onCancel={onClose}
      onConfirm={() => cancel.mutate({ reason: text }, { onSuccess: onCancelled })}
    >
      <p>
        <Trans>The ringing stops everywhere. What was entered is kept in the record.</Trans>
      </p>
      <ChoiceCards legend={<Trans>Why?</Trans>} choices={choices} value={reason} onChange={setReason} />
      {reason === 'other' && (
        <TextField
          label={t`Which reason`}
          autoComplete="off"
          maxLength={500}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {cancel.isError && <ProblemNotice error={cancel.error} />}
    </ConfirmDialog>
  );
}
