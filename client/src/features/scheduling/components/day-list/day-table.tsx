import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatCalendarDate, formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import { appointmentWords } from '../appointments/appointment-words.ts';
import type { DayGroup } from './day-groups.ts';
import styles from './day-table.module.css';

interface DayTableProps {
  readonly label: string;
  readonly groups: readonly DayGroup[];
  specialtyName(code: string): string;
}

/** Everybody's day in one table, the same on the screen and on paper. */
export function DayTable({ label, groups, specialtyName }: DayTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className={styles.scroller} tabIndex={0} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Time</Trans>
            </th>
            <th scope="col">
              <Trans>Patient</Trans>
            </th>
            <th scope="col">
              <Trans>Born</Trans>
            </th>
            <th scope="col">
              <Trans>Station</Trans>
            </th>
            <th scope="col">
              <Trans>State</Trans>
            </th>
          </tr>
        </thead>
        {groups.map(({ key, name, specialty, appointments }) => (
          <tbody key={key}>
            <tr>
              <th colSpan={5} scope="rowgroup" className={styles.who}>
                {name}, {specialtyName(specialty)}
              </th>
            </tr>
            {appointments.map((appointment) => (
              <Row key={appointment.id} appointment={appointment} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function Row({ appointment }: { appointment: Appointment }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { startsAt, endsAt, patient, station, practitioners } = appointment;
  const { tone, label } = appointmentWords(appointment);
  const others = practitioners
    .slice(1)
    .map(({ displayName }) => displayName)
    .join(', ');
  return (
    <tr>
      <td className={styles.time}>
        {startsAt && formatTime(startsAt)}
        {endsAt && `–${formatTime(endsAt)}`}
      </td>
      <td>
        {patient.shortName}
        {others !== '' && (
          <span className={styles.others}>
            <Trans>Together with: {others}</Trans>
          </span>
        )}
      </td>
      <td className={styles.time}>{formatCalendarDate(patient.birthDate)}</td>
      <td>
        {localText(station.name)}
        {station.phone !== '' && <span className={styles.others}>{station.phone}</span>}
      </td>
      <td>
        <StatusBadge tone={tone}>{t(label)}</StatusBadge>
      </td>
    </tr>
  );
}
