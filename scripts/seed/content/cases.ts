import type { SpecialtyCases } from './case-template.ts';
import { CARDIOLOGY } from './cases/cardiology.ts';
import { DERMATOLOGY } from './cases/dermatology.ts';
import { ENDOCRINOLOGY } from './cases/endocrinology.ts';
import { OPHTHALMOLOGY, OTOLARYNGOLOGY } from './cases/eye-and-ent.ts';
import { NEUROLOGY } from './cases/neurology.ts';
import { OBSTETRICS } from './cases/obstetrics.ts';
import { PAEDIATRICS } from './cases/paediatrics.ts';
import { PSYCHIATRY } from './cases/psychiatry.ts';
import { PULMONOLOGY } from './cases/pulmonology.ts';
import { SURGERY } from './cases/surgery.ts';
import { TRAUMATOLOGY } from './cases/traumatology.ts';
import type { Specialty } from './specialties.ts';

export const CASES: Readonly<Record<Specialty, SpecialtyCases>> = {
  cardiology: CARDIOLOGY,
  neurology: NEUROLOGY,
  paediatrics: PAEDIATRICS,
  'obstetrics-gynaecology': OBSTETRICS,
  surgery: SURGERY,
  traumatology: TRAUMATOLOGY,
  endocrinology: ENDOCRINOLOGY,
  pulmonology: PULMONOLOGY,
  dermatology: DERMATOLOGY,
  ophthalmology: OPHTHALMOLOGY,
  otolaryngology: OTOLARYNGOLOGY,
  psychiatry: PSYCHIATRY,
};
