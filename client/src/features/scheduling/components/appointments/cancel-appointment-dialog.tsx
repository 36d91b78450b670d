import { type Appointment, CANCEL_REASONS, type CancelReason } from '@jaqyn/shared/scheduling/appointment.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ChoiceCards } from '../../../../ui/choice-cards.tsx';
import { ConfirmDialog } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useCancelAppointment } from '../../api/cancel-appointment.ts';
import { offerUndo } from '../../undo-offer.ts';
import { cancelWords } from './appointment-words.ts';
import { useWhen } from './when.ts';

interface CancelAppointmentDialogProps {
  readonly appointment: Appointment;
  onClose(): void;
}

/** Gives the slot back with a reason. The request stays and can be planned again. */
export function CancelAppointmentDialog({ appointment, onClose }: CancelAppointmentDialogProps) {
  const { t } = useLingui();
  const cancel = useCancelAppointment(appointment.id);
  const when = useWhen();
  const [reason, setReason] = useState<CancelReason | null>(null);
  const [note, setNote] = useState('');
  const { shortName } = appointment.patient;
  const time = when(appointment.startsAt);

  return (
    <ConfirmDialog
      isOpen
      title={<Trans>Cancel the appointment?</Trans>}
      confirmLabel={<Trans>Cancel the appointment</Trans>}
      tone="act-now"
      canConfirm={reason !== null && (reason !== 'other' || note.trim() !== '')}
      isBusy={cancel.isPending}
      onCancel={onClose}
      onConfirm={() =>
        reason !== null &&
        cancel.mutate(
          { version: appointment.version, reason, note: note.trim() },
          {
            onSuccess: ({ receipt }) => {
              offerUndo(receipt, () => {
                const time = when(appointment.startsAt);
                return t`Cancelled: ${shortName}, ${time}`;
              });
              onClose();
            },
          },
        )
      }
    >
      <p>
        {shortName}, {time}
      </p>
      <p className="quiet">
        <Trans>The slot becomes free. The request is kept and can be planned again.</Trans>
      </p>
      <ChoiceCards
        legend={<Trans>Why?</Trans>}
        choices={CANCEL_REASONS.map((value) => ({ value, title: t(cancelWords[value]) }))}
        value={reason}
        onChange={setReason}
      />
      <TextField
        label={reason === 'other' ? t`Which reason` : t`Note (may stay empty)`}
        autoComplete="off"
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {cancel.isError && <ProblemNotice error={cancel.error} />}
    </ConfirmDialog>
  );
}
