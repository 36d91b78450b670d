import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn, RINGING_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { isAppointmentIn, LIVE_STATES } from '@jaqyn/shared/scheduling/appointment.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHeartRateMonitor } from '@tabler/icons-react';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useConsultation } from '../../features/consultations/api/get-consultation.ts';
import { AddVitalsDialog } from '../../features/consultations/components/add-vitals-dialog.tsx';
import { CancelDialog } from '../../features/consultations/components/cancel-dialog.tsx';
import { VitalsTable } from '../../features/consultations/components/vitals-table.tsx';
import { urgencyWords } from '../../features/consultations/consultation-words.ts';
import { stationPlace } from '../../features/consultations/station-place.ts';
import { usePatientAppointments } from '../../features/scheduling/api/list-patient-appointments.ts';
import { AppointmentCard } from '../../features/scheduling/components/appointments/appointment-card.tsx';
import { UndoBar } from '../../features/scheduling/components/undo-bar.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useMyStation } from '../../features/stations/api/get-my-station.ts';
import { Action, ActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { PatientBanner } from '../../ui/patient-banner.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { NotFound, Pending } from '../fallbacks.tsx';
import { ChooseTime } from '../parts/choose-time.tsx';
import { ConsultFiles } from '../parts/consult-files.tsx';
import { PatientAppointments } from '../parts/patient-appointments.tsx';
import { useEnterCall } from '../parts/use-enter-call.ts';
import styles from './plan-request.module.css';

const route = getRouteApi('/signed-in/requests/$requestId/plan');

export function PlanRequestScreen() {
  const requestId = RequestId.safeParse(route.useParams().requestId);
  return requestId.success ? <PlanRequest key={requestId.data} requestId={requestId.data} /> : <NotFound />;
}

/** States in which a time is looked for, or stands. */
const PLANNED_STATES = [
  'in_triage',
  'accepted',
  'waitlisted',
  'booked',
  'checked_in',
  'no_show',
  'async_assigned',
] as const;
const TALK_STATES = ['in_call', 'interrupted'] as const;

/** A request and its time: how soon it can be, and when it is booked, the appointment with everything that can be done with it. */
function PlanRequest({ requestId }: { requestId: RequestId }) {
  const { t } = useLingui();
  const consultation = useConsultation(requestId);
  const patientId = consultation.data?.patient?.id ?? null;
  const appointments = usePatientAppointments(patientId);
  usePageTitle(t`Appointment`);

  if (consultation.isPending) return <Pending />;
  if (!consultation.data) {
    return (
      <div className={classes(layout.page, layout.narrow)}>
        <h1>
          <Trans>The appointment</Trans>
        </h1>
        <ProblemNotice
          error={consultation.error}
          onRetry={() => void consultation.refetch()}
          isRetrying={consultation.isFetching}
          actions={
            <ActionLink to="/">
              <Trans>Start page</Trans>
            </ActionLink>
          }
        />
      </div>
    );
  }
  const current = consultation.data;
  const isTalking = isIn(current.status, TALK_STATES);
  const own = appointments.data?.filter((one) => one.requestId === requestId) ?? [];
  if (isIn(current.status, RINGING_STATES) || (isTalking && own.length === 0 && !appointments.isPending)) {
    return <Navigate to="/requests/$requestId/call" params={{ requestId }} replace />;
  }
  if (stationPlace(current) === '/requests/$requestId/status') {
    return <Navigate to="/requests/$requestId/status" params={{ requestId }} replace />;
  }
  if (!isTalking && !isIn(current.status, PLANNED_STATES)) {
    return <Navigate to="/requests/$requestId/result" params={{ requestId }} replace />;
  }
  return (
    <>
      <PatientBanner patient={current.patient} />
      <div className={layout.page}>
        {appointments.isError && !appointments.data && (
          <ProblemNotice
            error={appointments.error}
            onRetry={() => void appointments.refetch()}
            isRetrying={appointments.isFetching}
          />
        )}
        {patientId !== null && appointments.isPending && <Skeleton lines={5} />}
        {(patientId === null || appointments.data) && <Plan consultation={current} own={own} />}
        {patientId !== null && <PatientAppointments patientId={patientId} exceptRequestId={requestId} />}
      </div>
      <UndoBar />
    </>
  );
}

interface PlanProps {
  readonly consultation: Consultation;
  /** The request's appointments, newest first. */
  readonly own: readonly Appointment[];
}

function Plan({ consultation, own }: PlanProps) {
  const { t } = useLingui();
  const specialtyName = useSpecialtyName();
  const enter = useEnterCall();
  const [isChoosing, setIsChoosing] = useState(false);
  const [isMeasuring, setIsMeasuring] = useState(false);
  const [isCancelling, setIsCancelling] = useState(false);
  const station = useMyStation();
  const navigate = route.useNavigate();
  const urgency = urgencyWords[consultation.urgency];
  // The one that is to come; else a missed one, which can be booked again.
  const appointment =
    own.find(({ status }) => isAppointmentIn(status, LIVE_STATES)) ?? own.find(({ status }) => status === 'noshow');
  const canChoose = appointment === undefined || appointment.status === 'waitlist';
  const hasTime = appointment?.startsAt !== null && appointment !== undefined;

  return (
    <>
      <div className={styles.head}>
        <h1>
          {hasTime ? (
            <Trans>The appointment</Trans>
          ) : appointment ? (
            <Trans>On the waiting list</Trans>
          ) : (
            <Trans>How soon?</Trans>
          )}
        </h1>
        <div className={styles.facts}>
          <span>{specialtyName(consultation.specialty)}</span>
          <StatusBadge tone={urgency.tone}>{t(urgency.label)}</StatusBadge>
          <span className="quiet">№ {consultation.number}</span>
        </div>
      </div>
      <p className={styles.reason}>{consultation.reason}</p>
      {appointment && (
        <AppointmentCard
          appointment={appointment}
          viewer="feldsher"
          specialtyName={specialtyName(appointment.specialty)}
          isNext
          hasDay
          onEnter={enter}
          onBook={() => setIsChoosing(true)}
        />
      )}
      {canChoose && (appointment === undefined || isChoosing) && (
        <ChooseTime
          consultation={consultation}
          isWaiting={appointment !== undefined}
          oblast={station.data?.oblast}
          canCall
        />
      )}
      <section className={classes(layout.card, layout.stack)} aria-label={t`Vital signs`}>
        <VitalsTable observations={consultation.observations} columns={2} />
        <div>
          <Action icon={<IconHeartRateMonitor size={22} aria-hidden />} onClick={() => setIsMeasuring(true)}>
            <Trans>Add vital signs</Trans>
          </Action>
        </div>
      </section>
      <section className={layout.stack}>
        <h2>
          <Trans>Photos and files</Trans>
        </h2>
        <ConsultFiles consultation={consultation} />
      </section>
      <div className={layout.row}>
        <ActionLink to="/">
          {hasTime ? <Trans>Start page</Trans> : <Trans>Start page (the request is kept)</Trans>}
        </ActionLink>
        <Action tone="danger" onClick={() => setIsCancelling(true)}>
          <Trans>Cancel the request</Trans>
        </Action>
      </div>
      <AddVitalsDialog requestId={consultation.id} isOpen={isMeasuring} onClose={() => setIsMeasuring(false)} />
      <CancelDialog
        requestId={consultation.id}
        isOpen={isCancelling}
        onClose={() => setIsCancelling(false)}
        onCancelled={() => void navigate({ to: '/' })}
      />
    </>
  );
}
