import { usualRange, VITAL_CODES, vitalSigns } from '@jaqyn/shared/consultations/vitals';
import { useLingui } from '@lingui/react/macro';
import { EMPTY_NUMBER, NumberPadField } from '../../../ui/number-pad-field.tsx';
import { monthsOld } from '../months-old.ts';
import { vitalWords } from '../vital-words.ts';
import type { VitalsEntry } from '../vitals-entry.ts';
import styles from './vitals-pad.module.css';

interface VitalsPadProps {
  readonly entry: VitalsEntry;
  /** Usual ranges go by age. */
  readonly birthDate?: string | undefined;
  onChange(entry: VitalsEntry): void;
}

/** All vital signs side by side; every one may stay empty. */
export function VitalsPad({ entry, birthDate, onChange }: VitalsPadProps) {
  const { t } = useLingui();
  return (
    <div className={styles.pad}>
      {VITAL_CODES.map((code) => (
        <NumberPadField
          key={code}
          label={t(vitalWords[code].label)}
          unit={t(vitalWords[code].unit)}
          possible={vitalSigns[code].possible}
          usual={usualRange(code, monthsOld(birthDate))}
          step={vitalSigns[code].step}
          entry={entry[code] ?? EMPTY_NUMBER}
          onChange={(next) => onChange({ ...entry, [code]: next })}
        />
      ))}
    </div>
  );
}
