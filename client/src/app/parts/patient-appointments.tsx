import type { PatientId, RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { usePatientAppointments } from '../../features/scheduling/api/list-patient-appointments.ts';
import { AppointmentCard } from '../../features/scheduling/components/appointments/appointment-card.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import layout from '../../ui/layout.module.css';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEnterCall } from './use-enter-call.ts';

interface PatientAppointmentsProps {
  readonly patientId: PatientId;
  /** Shown above already. */
  readonly exceptRequestId?: RequestId;
}

/** What a patient has booked, had and missed; opened on demand. */
export function PatientAppointments(props: PatientAppointmentsProps) {
  return (
    <Disclosure title={<Trans>Other appointments of this patient</Trans>}>
      <List {...props} />
    </Disclosure>
  );
}

function List({ patientId, exceptRequestId }: PatientAppointmentsProps) {
  const { role } = useCurrentUser();
  const navigate = useNavigate();
  const enter = useEnterCall();
  const specialtyName = useSpecialtyName();
  const { data, error, isPending, refetch, isFetching } = usePatientAppointments(patientId);
  if (isPending) return <Skeleton lines={2} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  const shown = data.filter(({ requestId }) => requestId !== exceptRequestId);
  if (shown.length === 0) {
    return (
      <p className="quiet">
        <Trans>No other appointment, past or to come.</Trans>
      </p>
    );
  }
  return (
    <ul className={layout.list}>
      {shown.map((appointment) => (
        <li key={appointment.id}>
          <AppointmentCard
            appointment={appointment}
            viewer={role}
            specialtyName={specialtyName(appointment.specialty)}
            hasDay
            onEnter={enter}
            onBook={
              role === 'feldsher'
                ? (requestId) => void navigate({ to: '/requests/$requestId/plan', params: { requestId } })
                : undefined
            }
          />
        </li>
      ))}
    </ul>
  );
}
