import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import * as z from 'zod/mini';
import { useDraft } from '../../../lib/use-draft.ts';
import { newPatientDraft, PatientDraft } from '../patient-draft.ts';
import { withIin } from '../patient-form.ts';
import { PatientForm } from './patient-form.tsx';
import { PatientSearch } from './patient-search.tsx';

interface PatientPickerProps {
  /** Names the draft of a new patient, for example after the request it is for. */
  readonly draftKey: string;
  onChoose(patient: Patient): void;
}

/** An IIN that was searched for tells the birth date and the sex too. */
function draftOf(searched: string): PatientDraft {
  const draft = newPatientDraft(searched);
  return withIin(draft, draft.iin);
}

/** Finds a patient or registers a new one; a half-filled form survives a reload. */
export function PatientPicker({ draftKey, onChoose }: PatientPickerProps) {
  const form = useDraft(`patient:${draftKey}`, z.nullable(PatientDraft), null);

  function choose(patient: Patient) {
    void form.discard();
    onChoose(patient);
  }

  if (form.value) {
    return (
      <PatientForm
        draft={form.value}
        onChange={(next) => form.set(next)}
        onRegistered={choose}
        onCancel={() => form.set(null)}
      />
    );
  }
  return <PatientSearch onChoose={choose} onRegister={(searched) => form.set(draftOf(searched))} />;
}
