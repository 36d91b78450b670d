import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { useSetConsultationPatient } from '../../features/consultations/api/set-consultation-patient.ts';
import { PatientPicker } from '../../features/patients/components/patient-picker.tsx';
import { Action, PrimaryAction } from '../../ui/action.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** Completes an emergency: who the patient is, chosen or registered while it rings. */
export function ChoosePatient({ requestId }: { requestId: RequestId }) {
  const [isOpen, setIsOpen] = useState(false);
  const setPatient = useSetConsultationPatient(requestId);
  return (
    <>
      <PrimaryAction onClick={() => setIsOpen(true)}>
        <Trans>Choose the patient</Trans>
      </PrimaryAction>
      <Dialog isOpen={isOpen} title={<Trans>Who is the patient?</Trans>} onClose={() => setIsOpen(false)}>
        <PatientPicker
          draftKey={requestId}
          onChoose={(patient) => setPatient.mutate({ patientId: patient.id }, { onSuccess: () => setIsOpen(false) })}
        />
        {setPatient.isError && <ProblemNotice error={setPatient.error} />}
        <DialogActions>
          <Action onClick={() => setIsOpen(false)}>
            <Trans>Close</Trans>
          </Action>
        </DialogActions>
      </Dialog>
    </>
  );
}
