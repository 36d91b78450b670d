import { type PatientId, StayId } from '@jaqyn/shared/kernel/ids';
import type { Identity, LikelyDuplicate, StayKind } from '@jaqyn/shared/patients/duplicate.contract';
import { getPatient, type Patient } from '@jaqyn/shared/patients/patient.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api-client.ts';
import { formatAge, formatCalendarDate } from '../../../lib/format.ts';
import { newId } from '../../../lib/ids.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { parseTypedDate } from '../../../lib/typed-date.ts';
import { useDebounced } from '../../../lib/use-debounced.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { useAdmitPatient } from '../api/admit-patient.ts';
import { useLikelyDuplicates } from '../api/find-duplicates.ts';
import { checkIin, cleanIin } from '../iin-check.ts';
import type { PatientDraft } from '../patient-draft.ts';
import styles from './likely-duplicates.module.css';

/** A list of people is asked for when the typing pauses. */
const PAUSE_MS = 600;

interface LikelyDuplicatesProps {
  readonly draft: PatientDraft;
  onChoose(patient: Patient): void;
}

/** While somebody is registered: cards that may be theirs, also at another station, and the way to open one. */
export function LikelyDuplicates({ draft, onChoose }: LikelyDuplicatesProps) {
  // By its text: another object with the same content is no other person.
  const identity = JSON.parse(useDebounced(JSON.stringify(identityOf(draft)), PAUSE_MS)) as Identity;
  const isWanted =
    identity.iin !== null || (identity.familyName !== '' && identity.givenName !== '' && identity.birthDate !== null);
  const found = useLikelyDuplicates(identity, isWanted);
  const [admitting, setAdmitting] = useState<LikelyDuplicate>();
  const open = useMutation({
    mutationFn: (patientId: PatientId) => call(getPatient, { params: { patientId } }),
    onSuccess: onChoose,
  });
  // A suggestion that cannot be had is no reason to stop: the server refuses what is certain to be one person.
  if (!isWanted || !found.data || found.data.length === 0) return null;
  return (
    <section className={styles.box} aria-labelledby="duplicates">
      <h3 id="duplicates">
        <StatusShape tone="heed" /> <Trans>Perhaps registered already</Trans>
      </h3>
      <ul className={styles.list}>
        {found.data.map((one) => (
          <li key={one.id} className={styles.one}>
            <Facts duplicate={one} />
            {one.elsewhere ? (
              <Action onClick={() => setAdmitting(one)}>
                <Trans>Open this card here</Trans>
              </Action>
            ) : (
              <Action isBusy={open.isPending} onClick={() => open.mutate(one.id)}>
                <Trans>This is the patient</Trans>
              </Action>
            )}
          </li>
        ))}
      </ul>
      {open.isError && <ProblemNotice error={open.error} />}
      {admitting && (
        <AdmitDialog
          duplicate={admitting}
          identity={identity}
          onClose={() => setAdmitting(undefined)}
          onAdmitted={onChoose}
        />
      )}
    </section>
  );
}

function Facts({ duplicate }: { duplicate: LikelyDuplicate }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { familyName, givenName, middleName, birthDate, iinEnd, elsewhere, reason } = duplicate;
  const words = {
    iin: t`the same IIN`,
    name_and_birth_date: t`the same name and birth date`,
    similar_name: t`a similar name`,
  };
  const facts = [
    `${formatCalendarDate(birthDate)} (${formatAge(birthDate)})`,
    iinEnd === null ? t`IIN unknown` : t`IIN …${iinEnd}`,
    elsewhere && `${localText(elsewhere.station)}, ${localText(elsewhere.settlement)}`,
    words[reason],
  ];
  return (
    <div className={styles.facts}>
      <strong>{[familyName, givenName, middleName].filter(Boolean).join(' ')}</strong>
      <span className="quiet">{facts.filter(Boolean).join(' · ')}</span>
    </div>
  );
}

interface AdmitDialogProps {
  readonly duplicate: LikelyDuplicate;
  readonly identity: Identity;
  onClose(): void;
  onAdmitted(patient: Patient): void;
}

/** Registered elsewhere and standing here: moved for good, or for some days. Who opened the card, and why, is in the log. */
function AdmitDialog({ duplicate, identity, onClose, onAdmitted }: AdmitDialogProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const [id] = useState(() => StayId.parse(newId()));
  const [kind, setKind] = useState<StayKind | null>(null);
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const admit = useAdmitPatient();
  const place = duplicate.elsewhere ? localText(duplicate.elsewhere.settlement) : '';
  function submit() {
    setIsTried(true);
    if (kind === null || reason.trim() === '') return;
    admit.mutate({ patientId: duplicate.id, id, kind, reason, identity }, { onSuccess: onAdmitted });
  }
  return (
    <Dialog isOpen title={<Trans>Registered in {place}</Trans>} onClose={onClose}>
      <Facts duplicate={duplicate} />
      <ChoiceCards
        legend={<Trans>Why is the patient here?</Trans>}
        cardWidth="13rem"
        choices={[
          { value: 'moved_here', title: t`Moved here`, note: t`The card moves to this station` },
          { value: 'visiting', title: t`Visiting`, note: t`This station sees the card for 30 days` },
        ]}
        value={kind}
        onChange={setKind}
        {...(isTried && kind === null && { error: t`Choose one` })}
      />
      <TextField
        label={t`What do you know it by?`}
        description={t`For example: shown the identity card, stays with a daughter`}
        maxLength={300}
        value={reason}
        error={isTried && reason.trim() === '' && t`Write it in a few words`}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <p className="quiet">
        <Trans>Who opened the card and why is written into the log.</Trans>
      </p>
      {admit.isError && <ProblemNotice error={admit.error} />}
      <DialogActions>
        <Action onClick={onClose}>
          <Trans>Go back</Trans>
        </Action>
        <PrimaryAction isBusy={admit.isPending} onClick={submit}>
          <Trans>Open the card</Trans>
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}

function identityOf(draft: PatientDraft): Identity {
  const check = checkIin(draft.iin);
  return {
    iin: check.kind === 'right' ? cleanIin(draft.iin) : null,
    familyName: draft.familyName.trim(),
    givenName: draft.givenName.trim(),
    birthDate: parseTypedDate(draft.birthDate) ?? null,
  };
}
