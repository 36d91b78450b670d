import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { ICD_CODE, tidyCode } from '@jaqyn/shared/terminologies/icd-code';
import { Trans, useLingui } from '@lingui/react/macro';
import type { CardDraft } from '../../features/consultations/card-draft.ts';
import { UrgencyChoice } from '../../features/consultations/components/urgency-choice.tsx';
import { VitalsPad } from '../../features/consultations/components/vitals-pad.tsx';
import type { RequestDraft } from '../../features/consultations/request-draft.ts';
import { readVitals } from '../../features/consultations/vitals-entry.ts';
import { SpecialtyChoice } from '../../features/staff/components/specialty-choice.tsx';
import { IcdField } from '../../features/terminologies/components/icd-field.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import styles from '../routes/new-request.module.css';
import { PatientAppointments } from './patient-appointments.tsx';
import { CompletenessPart, ConsentPart, DangerPart, StoryPart, SummaryPart } from './request-card-fields.tsx';
import type { CardJudgement } from './use-request-card.ts';

interface RequestFieldsProps {
  readonly value: RequestDraft;
  readonly card: CardDraft;
  readonly patient: Patient | null;
  readonly judgement: CardJudgement;
  set(change: (before: RequestDraft) => RequestDraft): void;
  setCard(change: Partial<CardDraft>): void;
  /** After the first press: what is missing is marked. */
  lacks(part: 'specialty' | 'urgency' | 'reason' | 'danger'): boolean;
  /** A code that the server knows nothing of, or that is used no longer. */
  readonly refusedCode: string | undefined;
}

/** Everything of a request but its patient, on one page: what decides first, what may follow last. */
export function RequestFields({
  value,
  card,
  patient,
  judgement,
  set,
  setCard,
  lacks,
  refusedCode,
}: RequestFieldsProps) {
  const { t } = useLingui();
  const part = { card, set: setCard, judgement };
  const { vitals } = readVitals(value.vitals);
  const isRefused = refusedCode !== undefined && tidyCode(value.preliminaryCode ?? '') === refusedCode;
  return (
    <>
      <SpecialtyChoice
        value={value.specialty}
        onChange={(specialty) => set((before) => ({ ...before, specialty }))}
        error={lacks('specialty') ? t`Choose the specialist` : undefined}
      />
      <UrgencyChoice
        value={value.urgency}
        onChange={(urgency) => set((before) => ({ ...before, urgency }))}
        error={lacks('urgency') ? t`Choose how urgent it is` : undefined}
      />
      <DangerPart {...part} vitals={vitals} urgency={value.urgency} isReasonMissing={lacks('danger')} />
      {value.patientId !== null && <PatientAppointments patientId={value.patientId} />}
      <div className={styles.grid}>
        <div className={layout.stack}>
          <TextAreaField
            label={t`What is the question?`}
            description={t`Complaints and what you ask the specialist`}
            rows={5}
            maxLength={2000}
            value={value.reason}
            error={lacks('reason') && t`Write the question: the specialist reads it before answering`}
            onChange={(event) => {
              const reason = event.currentTarget.value;
              set((before) => ({ ...before, reason }));
            }}
          />
          <StoryPart {...part} />
          <IcdField
            label={t`Preliminary diagnosis, ICD-10`}
            description={t`If you have one; it may stay empty`}
            name="preliminaryCode"
            value={value.preliminaryCode ?? ''}
            error={
              isRefused
                ? t`Choose another code from the list, or leave it empty`
                : hasNoCode(value.preliminaryCode) && t`Like I10 or E11.9, or choose from the list; words are not sent`
            }
            specialty={value.specialty}
            onChange={(preliminaryCode) => set((before) => ({ ...before, preliminaryCode }))}
            onChoose={({ code }) => set((before) => ({ ...before, preliminaryCode: code }))}
          />
          {value.urgency !== null && value.urgency !== 'routine' && (
            <TextField
              label={t`Why so urgent?`}
              description={t`In a few words; it may stay empty`}
              maxLength={500}
              value={card.urgencyReason}
              onChange={(event) => setCard({ urgencyReason: event.currentTarget.value })}
            />
          )}
        </div>
        <div className={layout.stack}>
          <section className={layout.stack} aria-labelledby="vitals">
            <h2 id="vitals">
              <Trans>Vital signs, as many as were measured</Trans>
            </h2>
            <VitalsPad
              entry={value.vitals}
              birthDate={patient?.birthDate}
              onChange={(entry) => set((before) => ({ ...before, vitals: entry }))}
            />
          </section>
          <CompletenessPart {...part} />
        </div>
      </div>
      <div className={styles.grid}>
        {patient && <SummaryPart {...part} patient={patient} specialty={value.specialty} />}
        <ConsentPart {...part} patient={patient} isEmergency={value.urgency === 'stat'} />
      </div>
    </>
  );
}

export function hasNoCode(typed = ''): boolean {
  return typed.trim() !== '' && !ICD_CODE.test(tidyCode(typed));
}
