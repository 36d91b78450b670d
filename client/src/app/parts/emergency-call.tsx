import { RequestId, type SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useCreateConsultation } from '../../features/consultations/api/create-consultation.ts';
import { cardKey, EMPTY_CARD_DRAFT } from '../../features/consultations/card-draft.ts';
import { isSentAlready } from '../../features/consultations/is-sent-already.ts';
import { EmergencySpecialties } from '../../features/staff/components/emergency-specialties.tsx';
import { useMyStation } from '../../features/stations/api/get-my-station.ts';
import { saveDraft } from '../../lib/drafts.ts';
import { newId } from '../../lib/ids.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { ActionLink } from '../../ui/action.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import styles from '../routes/new-request.module.css';

/** Two presses from the start page: the patient, the card and the vitals follow while it rings. */
export function EmergencyCall() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const create = useCreateConsultation();
  const station = useMyStation();
  const owner = useCurrentUser().id;
  const [reason, setReason] = useState('');
  // One id for each specialty: a second press of the same one is the same call, of another one is another.
  const ids = useRef(new Map<SpecialtyCode, RequestId>());
  usePageTitle(t`Emergency`);

  /** To the call that rings already: what was typed after the press that got through stands in its card, to be saved there. */
  async function goOn(id: RequestId, toCall: () => void) {
    const card = { ...EMPTY_CARD_DRAFT, complaints: reason };
    if (reason.trim() !== '') {
      // Without room on this computer the call comes first all the same.
      await saveDraft(owner, cardKey(id), { baseVersion: 0, card, preliminaryCode: '' }).catch(() => {});
    }
    toCall();
  }

  function call(specialty: SpecialtyCode) {
    const id = ids.current.get(specialty) ?? RequestId.parse(newId());
    ids.current.set(specialty, id);
    const toCall = () => void navigate({ to: '/requests/$requestId/call', params: { requestId: id }, replace: true });
    create.mutate(
      {
        id,
        patientId: null,
        specialty,
        urgency: 'stat',
        reason: reason.trim() === '' ? t`Emergency: the reason is told in the call` : reason,
        vitals: {},
      },
      {
        onSuccess: toCall,
        onError: (error) => {
          if (isSentAlready(error)) void goOn(id, toCall);
        },
      },
    );
  }

  return (
    <div className={layout.page}>
      <div className={styles.red}>
        <h1>
          <Trans>Emergency: press the specialist, and it rings</Trans>
        </h1>
        <p>
          <Trans>Patient, vital signs and everything else are filled in while it rings.</Trans>
        </p>
        <p className={styles.phones}>
          <a href="tel:103">
            <Trans>Ambulance: 103</Trans>
          </a>
          {station.data && (
            <a href={`tel:${station.data.coordinatorPhone.replace(/[^+\d]/g, '')}`}>
              <Trans>Coordinator:</Trans> {station.data.coordinatorPhone}
            </a>
          )}
        </p>
      </div>
      {create.isError && <ProblemNotice error={create.error} />}
      <EmergencySpecialties busyCode={create.isPending ? create.variables.specialty : undefined} onCall={call} />
      <TextField
        label={t`What happened (if there is time to write)`}
        autoComplete="off"
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={layout.row}>
        <ActionLink to="/">
          <Trans>Not an emergency: go back</Trans>
        </ActionLink>
      </div>
    </div>
  );
}
