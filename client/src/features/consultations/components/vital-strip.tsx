import type { ObservationSet } from '@jaqyn/shared/consultations/consultation.contract';
import type { VitalCode } from '@jaqyn/shared/consultations/vitals';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { monthsOld } from '../months-old.ts';
import { latestVitals } from '../vital-summary.ts';
import { vitalWords } from '../vital-words.ts';
import styles from './vital-strip.module.css';
import { VitalValue } from './vitals-table.tsx';

/** As they are said on a ward, short enough for a line; the full names are in the table of the card. */
const SHORT: Record<Exclude<VitalCode, 'systolic' | 'diastolic'>, MessageDescriptor> = {
  heartRate: msg`Pulse`,
  spo2: msg`SpO₂`,
  temperature: msg`T`,
  respiratoryRate: msg`Breathing`,
  glucose: msg`Sugar`,
  weight: msg`Weight`,
};
const ORDER = ['heartRate', 'spo2', 'temperature', 'respiratoryRate', 'glucose', 'weight'] as const;

/** The newest vital signs in one line, what is out of range marked by an arrow. */
export function VitalStrip({
  observations,
  birthDate,
}: {
  observations: readonly ObservationSet[];
  birthDate?: string | undefined;
}) {
  const { t } = useLingui();
  const latest = latestVitals(observations);
  if (latest.size === 0) {
    return (
      <p className="quiet">
        <Trans>No vital signs were taken yet.</Trans>
      </p>
    );
  }
  const months = monthsOld(
    birthDate,
    observations
      .map(({ takenAt }) => takenAt)
      .sort()
      .at(-1),
  );
  const hasPressure = latest.has('systolic') || latest.has('diastolic');
  return (
    <dl className={styles.strip}>
      {hasPressure && (
        <Sign label={t`BP`} unit={t(vitalWords.systolic.unit)}>
          <VitalValue code="systolic" value={latest.get('systolic')} months={months} />
          <span aria-hidden="true">/</span>
          <VitalValue code="diastolic" value={latest.get('diastolic')} months={months} />
        </Sign>
      )}
      {ORDER.filter((code) => latest.has(code)).map((code) => (
        <Sign key={code} label={t(SHORT[code])} unit={t(vitalWords[code].unit)}>
          <VitalValue code={code} value={latest.get(code)} months={months} />
        </Sign>
      ))}
    </dl>
  );
}

function Sign({ label, unit, children }: { label: string; unit: string; children: ReactNode }) {
  return (
    <div className={styles.sign}>
      <dt>{label}</dt>
      <dd>
        {children} <span className={styles.unit}>{unit}</span>
      </dd>
    </div>
  );
}
