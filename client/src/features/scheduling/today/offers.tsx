import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { Trans } from '@lingui/react/macro';
import { useId } from 'react';
import { useWaitlist } from '../api/list-waitlist.ts';
import { AppointmentCard } from '../components/appointments/appointment-card.tsx';
import styles from './today.module.css';

interface OffersProps {
  readonly specialtyName: (code: string) => string;
  onBook(requestId: RequestId): void;
}

/** Slots that became free and wait for this station's answer; then who waits without one. */
export function Offers({ specialtyName, onBook }: OffersProps) {
  const id = useId();
  const { data } = useWaitlist();
  if (!data) return null;
  const appointments = data.entries.map(({ appointment }) => appointment);
  const offers = appointments.filter(({ status }) => status === 'proposed').sort(byExpiry);
  const waiting = appointments.filter(({ status }) => status === 'waitlist');
  if (offers.length + waiting.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>
        <Trans>Waiting for a slot</Trans> <span className={styles.count}>{offers.length + waiting.length}</span>
      </h2>
      <ul className={styles.list}>
        {offers.map((appointment) => (
          <li key={appointment.id}>
            <AppointmentCard
              appointment={appointment}
              viewer="feldsher"
              specialtyName={specialtyName(appointment.specialty)}
              isNext
              hasDay
            />
          </li>
        ))}
        {waiting.map((appointment) => (
          <li key={appointment.id}>
            <AppointmentCard
              appointment={appointment}
              viewer="feldsher"
              specialtyName={specialtyName(appointment.specialty)}
              onBook={onBook}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function byExpiry(one: Appointment, other: Appointment): number {
  return (one.expiresAt ?? '') < (other.expiresAt ?? '') ? -1 : 1;
}
