import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { allergyLine } from '@jaqyn/shared/patients/patient-summary';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { formatAge, formatCalendarDate, formatIin } from '../lib/format.ts';
import { classes } from './classes.ts';
import styles from './patient-banner.module.css';
import { StatusShape } from './status-badge.tsx';

interface PatientBannerProps {
  /** Null in an emergency, until the card is completed. */
  readonly patient: Patient | null;
  readonly actions?: ReactNode;
}

/** Its place while the patient is fetched, so that nothing below moves under a finger that is about to press. */
export function PatientBannerPlace() {
  return (
    <div className={classes(styles.banner, styles.place)} data-loading aria-hidden="true">
      <span className={styles.name}>…</span>
    </div>
  );
}

/** Who this is about, always in sight: name, birth date and age, IIN, sex, allergies. Nothing unknown is left blank. */
export function PatientBanner({ patient, actions }: PatientBannerProps) {
  const { t } = useLingui();
  if (!patient) {
    return (
      <section className={styles.banner} aria-label={t`Patient`}>
        <span className={styles.name}>
          <Trans>Patient not chosen yet (emergency)</Trans>
        </span>
        {actions && <span className={styles.actions}>{actions}</span>}
      </section>
    );
  }
  const unknown = t`Unknown`;
  return (
    <section className={styles.banner} aria-label={t`Patient`}>
      <span className={styles.name}>
        <span className={styles.family}>{patient.familyName}</span> {patient.givenName} {patient.middleName}
      </span>
      <dl className={styles.facts}>
        <Fact label={t`Born`}>
          <span className="nowrap">
            {formatCalendarDate(patient.birthDate)} ({formatAge(patient.birthDate)})
          </span>
        </Fact>
        <Fact label={t`IIN`} isUnknown={patient.iin === null}>
          <span className="nowrap">{patient.iin === null ? unknown : formatIin(patient.iin)}</span>
        </Fact>
        <Fact label={t`Sex`}>{patient.sex === 'male' ? t`Male` : t`Female`}</Fact>
        <Fact label={t`Allergies`} isUnknown={patient.allergies === null} isAllergy={Boolean(patient.allergies)}>
          {patient.allergies === null ? (
            unknown
          ) : patient.allergies === '' ? (
            t`None known`
          ) : (
            <Allergies patient={patient} />
          )}
        </Fact>
      </dl>
      {actions && <span className={styles.actions}>{actions}</span>}
    </section>
  );
}

/** As many as leave the page its room on a telephone. */
const ROOM = 120;
const BY_SEVERITY = { severe: 0, moderate: 1, mild: 2, unknown: 3 } as const;

/** The severe ones first; a long list is opened by a press, and never takes the screen from what is below. */
function Allergies({ patient }: { patient: Patient }) {
  const [isOpen, setIsOpen] = useState(false);
  const sorted = [...(patient.summary.allergies ?? [])].sort(
    (a, b) => BY_SEVERITY[a.severity] - BY_SEVERITY[b.severity],
  );
  const words = allergyLine(sorted) ?? '';
  const count = sorted.length;
  return (
    <>
      <span className={classes(words.length > ROOM && (isOpen ? styles.opened : styles.cut))}>
        <StatusShape tone="heed" /> {words}
      </span>
      {words.length > ROOM && (
        <button
          type="button"
          className={classes(styles.more, 'no-print')}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? <Trans>Less</Trans> : <Trans>All of them: {count}</Trans>}
        </button>
      )}
    </>
  );
}

interface FactProps {
  readonly label: string;
  readonly isUnknown?: boolean;
  readonly isAllergy?: boolean;
  readonly children: ReactNode;
}

function Fact({ label, isUnknown = false, isAllergy = false, children }: FactProps) {
  return (
    <div className={classes(styles.fact, isUnknown && styles.unknown, isAllergy && styles.allergy)}>
      <dt>{label}:</dt>
      <dd>{children}</dd>
    </div>
  );
}
