import { getPatient, type Patient } from '@jaqyn/shared/patients/patient.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { call } from '../../../lib/api-client.ts';
import { ProblemError } from '../../../lib/problem-error.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { useRegisterPatient } from '../api/register-patient.ts';
import { checkIin } from '../iin-check.ts';
import type { PatientDraft } from '../patient-draft.ts';
import { missingOf, type PatientField, toPatientInput, warningsOf, withIin } from '../patient-form.ts';
import { IinHint, isIinError } from './iin-hint.tsx';
import { LikelyDuplicates } from './likely-duplicates.tsx';
import styles from './patient-form.module.css';

interface PatientFormProps {
  /** Kept by the screen, in its draft: a reload loses nothing. */
  readonly draft: PatientDraft;
  onChange(draft: PatientDraft): void;
  onRegistered(patient: Patient): void;
  onCancel(): void;
}

/** Registers a patient. The IIN fills in what it knows; a mismatch is a warning; only the marked fields are needed. */
export function PatientForm({ draft, onChange, onRegistered, onCancel }: PatientFormProps) {
  const { t } = useLingui();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const [isTried, setIsTried] = useState(false);
  const register = useRegisterPatient();
  const iin = checkIin(draft.iin);
  const missing = isTried ? missingOf(draft) : [];
  const lacks = (field: PatientField) => missing.includes(field);
  const set = (change: Partial<PatientDraft>) => onChange({ ...draft, ...change });

  function submit() {
    setIsTried(true);
    const input = toPatientInput(draft);
    if (!input) {
      // The first marked field takes the focus, after it was marked.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    register.mutate(input, { onSuccess: ({ patient }) => onRegistered(patient) });
  }

  const refusal = register.error instanceof ProblemError ? register.error.code : undefined;
  const isTaken = refusal === 'patient.iin_taken';
  // The press before got through and its answer did not: every further one with other words would meet the same.
  const isRegistered = refusal === 'idempotency.key_reused';
  const open = useMutation({
    mutationFn: () => call(getPatient, { params: { patientId: draft.id } }),
    onSuccess: onRegistered,
  });

  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 id={`${id}-title`}>
        <Trans>New patient</Trans>
      </h2>
      <TextField
        label={t`IIN`}
        description={t`Fills in the birth date and sex; may stay empty`}
        inputMode="numeric"
        autoComplete="off"
        maxLength={16}
        value={draft.iin}
        error={(isIinError(iin) || lacks('iin')) && <IinHint check={iin} />}
        onChange={(event) => onChange(withIin(draft, event.currentTarget.value))}
      />
      {!isIinError(iin) && !lacks('iin') && iin.kind !== 'empty' && (
        <p className="quiet">
          <IinHint check={iin} />
        </p>
      )}
      <div className={layout.fields}>
        <TextField
          label={t`Family name`}
          withAsterisk
          autoComplete="off"
          maxLength={80}
          value={draft.familyName}
          error={lacks('familyName') && t`Enter the family name`}
          onChange={(event) => set({ familyName: event.currentTarget.value })}
        />
        <TextField
          label={t`Given name`}
          withAsterisk
          autoComplete="off"
          maxLength={80}
          value={draft.givenName}
          error={lacks('givenName') && t`Enter the given name`}
          onChange={(event) => set({ givenName: event.currentTarget.value })}
        />
        <TextField
          label={t`Patronymic`}
          autoComplete="off"
          maxLength={80}
          value={draft.middleName}
          onChange={(event) => set({ middleName: event.currentTarget.value })}
        />
        <TextField
          label={t`Birth date`}
          withAsterisk
          placeholder={t`DD.MM.YYYY`}
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          value={draft.birthDate}
          error={lacks('birthDate') && t`Enter the birth date: day, month, year`}
          onChange={(event) => set({ birthDate: event.currentTarget.value })}
        />
      </div>
      <ChoiceCards
        legend={<Trans>Sex</Trans>}
        cardWidth="9.75rem"
        choices={[
          { value: 'female', title: t`Female` },
          { value: 'male', title: t`Male` },
        ]}
        value={draft.sex}
        onChange={(sex) => set({ sex })}
        {...(lacks('sex') && { error: t`Choose the sex` })}
      />
      {warningsOf(draft).map((warning) => (
        <p key={warning} className={styles.warning} role="status">
          <StatusShape tone="heed" />
          <span>
            {warning === 'birth_date_differs'
              ? t`The IIN says another birth date. Compare both with the document; you can go on.`
              : t`The IIN says another sex. Compare it with the document; you can go on.`}
          </span>
        </p>
      ))}
      <ChoiceCards
        legend={<Trans>Allergies</Trans>}
        cardWidth="12rem"
        choices={[
          { value: 'unknown', title: t`Not asked yet` },
          { value: 'none', title: t`None known` },
          { value: 'some', title: t`Yes` },
        ]}
        value={draft.allergyAnswer}
        onChange={(allergyAnswer) => set({ allergyAnswer })}
      />
      {draft.allergyAnswer === 'some' && (
        <TextField
          label={t`What to`}
          withAsterisk
          autoComplete="off"
          maxLength={500}
          value={draft.allergies}
          error={lacks('allergies') && t`Write what the patient is allergic to`}
          onChange={(event) => set({ allergies: event.currentTarget.value })}
        />
      )}
      <div className={layout.fields}>
        <TextField
          label={t`Phone`}
          inputMode="tel"
          autoComplete="off"
          maxLength={40}
          value={draft.phone}
          onChange={(event) => set({ phone: event.currentTarget.value })}
        />
        <TextField
          label={t`Address`}
          autoComplete="off"
          maxLength={200}
          value={draft.address}
          onChange={(event) => set({ address: event.currentTarget.value })}
        />
      </div>
      <LikelyDuplicates draft={draft} onChoose={onRegistered} />
      {register.isError && (
        <ProblemNotice
          error={register.error}
          actions={
            isTaken ? (
              <Action onClick={onCancel}>
                <Trans>Back to the search</Trans>
              </Action>
            ) : isRegistered ? (
              <Action isBusy={open.isPending} onClick={() => open.mutate()}>
                <Trans>Open the card as it was registered</Trans>
              </Action>
            ) : null
          }
        />
      )}
      {open.isError && <ProblemNotice error={open.error} />}
      <div className={styles.actions}>
        <Action onClick={onCancel}>
          <Trans>Back to the search</Trans>
        </Action>
        <PrimaryAction type="submit" isBusy={register.isPending}>
          <Trans>Register</Trans>
        </PrimaryAction>
      </div>
    </form>
  );
}
