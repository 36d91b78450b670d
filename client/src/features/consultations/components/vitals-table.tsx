import type { ObservationSet } from '@jaqyn/shared/consultations/consultation.contract';
import { judgeVital, VITAL_CODES, type VitalCode, vitalSigns } from '@jaqyn/shared/consultations/vitals';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import { monthsOld } from '../months-old.ts';
import { vitalWords } from '../vital-words.ts';
import styles from './vitals-table.module.css';

/** The measurements, newest first, at most `columns` sets; unusual values carry an arrow. */
export function VitalsTable({
  observations,
  birthDate,
  columns = 3,
}: {
  observations: readonly ObservationSet[];
  /** Usual ranges go by the age at which it was measured. */
  birthDate?: string | undefined;
  columns?: number;
}) {
  const { t } = useLingui();
  const sets = [...observations].sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1)).slice(0, columns);
  const measured = VITAL_CODES.filter((code) => sets.some((set) => set.vitals[code] !== undefined));
  if (measured.length === 0) {
    return (
      <p className="quiet">
        <Trans>No vital signs were taken yet.</Trans>
      </p>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={styles.wrap} tabIndex={0} role="group" aria-label={t`Vital signs`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Vital signs</Trans>
            </th>
            {sets.map((set) => (
              <th key={set.takenAt} scope="col">
                {formatDateTime(set.takenAt)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {measured.map((code) => (
            <tr key={code}>
              <th scope="row">{t(vitalWords[code].label)}</th>
              {sets.map((set) => (
                <td key={set.takenAt}>
                  <VitalValue code={code} value={set.vitals[code]} months={monthsOld(birthDate, set.takenAt)} />
                </td>
              ))}
              <td className={styles.unit}>{t(vitalWords[code].unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One number; `▲ 150` when above the usual range, `▼ 88` when below, and said so to a screen reader. */
export function VitalValue({
  code,
  value,
  months,
}: {
  code: VitalCode;
  value: number | undefined;
  months?: number | undefined;
}) {
  const { t } = useLingui();
  if (value === undefined) return <span className="quiet">–</span>;
  const judgement = judgeVital(code, value, months);
  const text = formatNumber(value, vitalSigns[code].step < 1 ? 1 : 0);
  if (judgement === 'usual') return <span className={styles.value}>{text}</span>;
  return (
    <span className={classes(styles.value, styles.unusual)}>
      <span aria-hidden="true">{judgement === 'high' ? '▲' : '▼'}</span> {text}
      <span className="visually-hidden">{judgement === 'high' ? t`above usual` : t`below usual`}</span>
    </span>
  );
}
