import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatCalendarDate, formatTime } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { useDayList } from '../api/get-day-list.ts';
import { appointmentWords, missingWords } from '../components/appointments/appointment-words.ts';
import styles from './day-print.module.css';

interface DayPrintProps {
  readonly day: CalendarDate;
  readonly title: string;
  readonly specialtyName: (code: string) => string;
}

/** The day list on paper: for the wall of the station and for when the power is out. On the screen it is not there. */
export function DayPrint({ day, title, specialtyName }: DayPrintProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { data } = useDayList(day);
  if (!data) return null;
  return (
    <div className={styles.paper} aria-hidden="true">
      <h2>{title}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>
              <Trans>Time</Trans>
            </th>
            <th>
              <Trans>Patient</Trans>
            </th>
            <th>
              <Trans>Born</Trans>
            </th>
            <th>
              <Trans>Specialist</Trans>
            </th>
            <th>
              <Trans>Station</Trans>
            </th>
            <th>
              <Trans>State</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.map(({ appointment, missing }) => (
            <tr key={appointment.id}>
              <td>
                {appointment.startsAt && formatTime(appointment.startsAt)}
                {appointment.endsAt && `–${formatTime(appointment.endsAt)}`}
              </td>
              <td>{appointment.patient.shortName}</td>
              <td>{formatCalendarDate(appointment.patient.birthDate)}</td>
              <td>
                {specialtyName(appointment.specialty)},{' '}
                {appointment.practitioners.map((one) => one.displayName).join(', ')}
              </td>
              <td>
                {localText(appointment.station.name)}, {appointment.station.phone}
              </td>
              <td>
                {[appointmentWords(appointment).label, ...missing.map((one) => missingWords[one])]
                  .map((one) => t(one))
                  .join('; ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
