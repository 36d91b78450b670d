import type { Consultation, DeclineReason } from '@jaqyn/shared/consultations/consultation.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { TextAreaField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useDeclineCall } from '../api/decline-call.ts';
import { takenOr } from '../taken.ts';
import { silenceRing } from '../use-rings.ts';

const REASONS: readonly { readonly value: DeclineReason; readonly title: MessageDescriptor }[] = [
  { value: 'busy', title: msg`Busy with another patient` },
  { value: 'not_my_specialty', title: msg`Not my specialty` },
  { value: 'technical', title: msg`Camera, sound or internet does not work` },
  { value: 'other', title: msg`Another reason` },
];

/** Declines with a reason; the next on call rings at once, and the station sees it. */
export function DeclineDialog({ consultation, onClose }: { consultation: Consultation; onClose: () => void }) {
  const { t } = useLingui();
  const decline = useDeclineCall();
  const [reason, setReason] = useState<DeclineReason | null>(null);
  const [note, setNote] = useState('');
  const isWordless = reason === 'other' && note.trim() === '';

  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Decline the call</Trans>}
      confirmLabel={<Trans>Decline</Trans>}
      tone="act-now"
      isBusy={decline.isPending}
      canConfirm={reason !== null && !isWordless}
      onConfirm={() => {
        if (reason === null) return;
        decline.mutate(
          { requestId: consultation.id, reason, note },
          {
            onSuccess: () => {
              silenceRing(consultation.id);
              onClose();
            },
          },
        );
      }}
      onCancel={onClose}
    >
      <p>
        <Trans>The next specialist on call is called at once. The request is not lost.</Trans>
      </p>
      <ChoiceCards<DeclineReason>
        legend={<Trans>Why?</Trans>}
        choices={REASONS.map(({ value, title }) => ({ value, title: t(title) }))}
        value={reason}
        onChange={setReason}
        cardWidth="14rem"
      />
      <TextAreaField
        label={reason === 'other' ? t`In your own words` : t`In your own words, if needed`}
        withAsterisk={reason === 'other'}
        maxLength={500}
        rows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {decline.isError && <ProblemNotice error={takenOr(decline.error)} />}
    </ConfirmDialog>
  );
}
