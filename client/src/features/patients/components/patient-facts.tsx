import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { useLingui } from '@lingui/react/macro';
import { formatAge, formatCalendarDate, formatIin, formatPersonName } from '../../../lib/format.ts';
import styles from './patient-list.module.css';

/** Name, birth date, age, sex and IIN: enough to tell two people of one name apart. */
export function PatientFacts({ patient }: { patient: Patient }) {
  const { t } = useLingui();
  const facts = [
    `${formatCalendarDate(patient.birthDate)} (${formatAge(patient.birthDate)})`,
    patient.sex === 'male' ? t`Male` : t`Female`,
    patient.iin === null ? t`IIN unknown` : `${t`IIN`} ${formatIin(patient.iin)}`,
  ];
  return (
    <>
      <span className={styles.name}>{formatPersonName(patient)}</span>
      <span className={styles.facts}>{facts.join(' · ')}</span>
    </>
  );
}
