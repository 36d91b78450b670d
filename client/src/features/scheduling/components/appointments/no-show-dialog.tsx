import { type Appointment, NO_SHOW_CAUSES, type NoShowCause } from '@jaqyn/shared/scheduling/appointment.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ChoiceCards } from '../../../../ui/choice-cards.tsx';
import { ConfirmDialog } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useMissAppointment } from '../../api/miss-appointment.ts';
import { offerUndo } from '../../undo-offer.ts';
import { useWhen } from './when.ts';

const noShowWords: Record<NoShowCause, { readonly label: MessageDescriptor; readonly note: MessageDescriptor }> = {
  patient: { label: msg`The patient`, note: msg`Did not come` },
  specialist: { label: msg`The specialist`, note: msg`Was not there` },
  network: { label: msg`The link`, note: msg`Did not carry the call` },
  station: { label: msg`The station`, note: msg`Power, equipment or staff` },
};

/** They did not meet: because of whom or what. Afterwards another slot is two clicks away. */
export function NoShowDialog({ appointment, onClose }: { appointment: Appointment; onClose: () => void }) {
  const { t } = useLingui();
  const miss = useMissAppointment(appointment.id);
  const when = useWhen();
  const [cause, setCause] = useState<NoShowCause | null>(null);
  const [note, setNote] = useState('');
  const { shortName } = appointment.patient;
  const time = when(appointment.startsAt);

  return (
    <ConfirmDialog
      isOpen
      title={<Trans>The appointment did not take place</Trans>}
      confirmLabel={<Trans>Record it</Trans>}
      canConfirm={cause !== null}
      isBusy={miss.isPending}
      onCancel={onClose}
      onConfirm={() =>
        cause !== null &&
        miss.mutate(
          { version: appointment.version, cause, note: note.trim() },
          {
            onSuccess: ({ receipt }) => {
              offerUndo(receipt, () => {
                const time = when(appointment.startsAt);
                return t`Recorded: ${shortName}, ${time} did not take place`;
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
      <ChoiceCards
        legend={<Trans>Because of whom or what?</Trans>}
        choices={NO_SHOW_CAUSES.map((value) => ({
          value,
          title: t(noShowWords[value].label),
          note: t(noShowWords[value].note),
        }))}
        value={cause}
        onChange={setCause}
      />
      <TextField
        label={t`Note (may stay empty)`}
        autoComplete="off"
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {miss.isError && <ProblemNotice error={miss.error} />}
    </ConfirmDialog>
  );
}
