import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import { localDate } from '@jaqyn/shared/kernel/time';
import { isAppointmentIn, LIVE_STATES } from '@jaqyn/shared/scheduling/appointment.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarWeek } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useConsultation } from '../../features/consultations/api/get-consultation.ts';
import { urgencyWords } from '../../features/consultations/consultation-words.ts';
import { usePatientAppointments } from '../../features/scheduling/api/list-patient-appointments.ts';
import { AppointmentCard } from '../../features/scheduling/components/appointments/appointment-card.tsx';
import { UndoBar } from '../../features/scheduling/components/undo-bar.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { useStations } from '../../features/stations/api/list-stations.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { ActionLink } from '../../ui/action.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { PatientBanner } from '../../ui/patient-banner.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { NotFound } from '../fallbacks.tsx';
import { ChooseTime } from '../parts/choose-time.tsx';
import { ForRole } from '../parts/for-role.tsx';
import { PatientAppointments } from '../parts/patient-appointments.tsx';
import styles from './plan-request.module.css';

const route = getRouteApi('/signed-in/schedule/requests/$requestId');

export function PlaceRequestScreen() {
  const requestId = RequestId.safeParse(route.useParams().requestId);
  return (
    <ForRole roles={['coordinator']}>
      {requestId.success ? <PlaceRequest key={requestId.data} requestId={requestId.data} /> : <NotFound />}
    </ForRole>
  );
}

/** States in which a time is still to be found. */
const TO_PLACE = ['in_triage', 'accepted', 'waitlisted'] as const;

/** How soon a request can be seen, anywhere in the country, and what can be booked for it: one time, a series, a consilium. */
function PlaceRequest({ requestId }: { requestId: RequestId }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const specialtyName = useSpecialtyName();
  const { data: consultation, error, isPending, isFetching, refetch } = useConsultation(requestId);
  const patientId = consultation?.patient?.id ?? null;
  const appointments = usePatientAppointments(patientId);
  const stations = useStations();
  usePageTitle(t`How soon?`);

  if (!consultation) {
    return (
      <div className={layout.page}>
        <h1>
          <Trans>How soon?</Trans>
        </h1>
        {isPending && <Skeleton lines={8} />}
        {error && (
          <ProblemNotice
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
            actions={
              <ActionLink to="/schedule">
                <Trans>To the board</Trans>
              </ActionLink>
            }
          />
        )}
      </div>
    );
  }
  const { specialty, station } = consultation;
  const urgency = urgencyWords[consultation.urgency];
  const own = appointments.data?.filter((one) => one.requestId === requestId) ?? [];
  // The one that is to come; else a missed one, which can be booked again.
  const appointment =
    own.find(({ status }) => isAppointmentIn(status, LIVE_STATES)) ?? own.find(({ status }) => status === 'noshow');
  const startsAt = appointment?.startsAt ?? null;
  const isToPlace = isIn(consultation.status, TO_PLACE) && startsAt === null;
  const asked = formatDateTime(consultation.createdAt);
  return (
    <>
      <PatientBanner patient={consultation.patient} />
      <div className={layout.page}>
        <div className={styles.head}>
          <h1>{startsAt === null ? <Trans>How soon?</Trans> : <Trans>The appointment</Trans>}</h1>
          <div className={styles.facts}>
            <span>{specialtyName(specialty)}</span>
            <StatusBadge tone={urgency.tone}>{t(urgency.label)}</StatusBadge>
            <span className="quiet">№ {consultation.number}</span>
          </div>
        </div>
        <p>
          {localText(station.name)}, <a href={`tel:${station.phone.replaceAll(' ', '')}`}>{station.phone}</a>
          {' · '}
          <Trans>asked {asked}</Trans>
        </p>
        <p className={styles.reason}>{consultation.reason}</p>
        {appointments.isError && !appointments.data && (
          <ProblemNotice
            error={appointments.error}
            onRetry={() => void appointments.refetch()}
            isRetrying={appointments.isFetching}
          />
        )}
        {patientId !== null && appointments.isPending && <Skeleton lines={5} />}
        {appointment && (
          <AppointmentCard
            appointment={appointment}
            viewer="coordinator"
            specialtyName={specialtyName(appointment.specialty)}
            isNext
            hasDay
          />
        )}
        {isToPlace && (patientId === null || appointments.data) && (
          <ChooseTime
            consultation={consultation}
            isWaiting={appointment !== undefined}
            oblast={stations.data?.find(({ id }) => id === station.id)?.oblast}
            canCall={false}
          />
        )}
        {!isToPlace && startsAt === null && (
          <p>
            <Trans>This request needs no time any more.</Trans>
          </p>
        )}
        <div className={layout.row}>
          <ActionLink
            to="/schedule"
            search={startsAt === null ? { specialty } : { specialty, view: 'day', date: localDate(startsAt) }}
            icon={<IconCalendarWeek size={20} aria-hidden />}
          >
            <Trans>To the board</Trans>
          </ActionLink>
        </div>
        {patientId !== null && <PatientAppointments patientId={patientId} exceptRequestId={requestId} />}
      </div>
      <UndoBar />
    </>
  );
}
