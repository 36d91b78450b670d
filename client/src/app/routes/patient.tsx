import { PatientId } from '@jaqyn/shared/kernel/ids';
import { localDate } from '@jaqyn/shared/kernel/time';
import { isMinor } from '@jaqyn/shared/patients/age';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFilePlus, IconPencil } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { usePatientConsultations } from '../../features/consultations/api/list-patient-consultations.ts';
import { ConsultationRow } from '../../features/consultations/components/consultation-row.tsx';
import { MoreConsultations } from '../../features/consultations/components/more-consultations.tsx';
import { usePatient } from '../../features/patients/api/get-patient.ts';
import { SummaryEditor } from '../../features/patients/components/summary-editor.tsx';
import { SummaryView } from '../../features/patients/components/summary-view.tsx';
import { useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { IcdField } from '../../features/terminologies/components/icd-field.tsx';
import { serverNow } from '../../lib/clock.ts';
import { Action, ActionLink, PrimaryActionLink } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { PatientBanner } from '../../ui/patient-banner.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NotFound, Pending, ScreenProblem } from '../fallbacks.tsx';
import { PatientAppointments } from '../parts/patient-appointments.tsx';
import { PatientTrends } from '../parts/patient-trends.tsx';

const route = getRouteApi('/signed-in/patients/$patientId');

/** A patient at their station: what is known, how the measurements went, what was asked about them and what is planned. */
export function PatientScreen() {
  const patientId = PatientId.safeParse(route.useParams().patientId);
  return patientId.success ? <PatientPage key={patientId.data} patientId={patientId.data} /> : <NotFound />;
}

function PatientPage({ patientId }: { patientId: PatientId }) {
  const { t } = useLingui();
  const query = usePatient(patientId);
  usePageTitle(t`Patient`);
  if (query.isPending) return <Pending />;
  if (!query.data) {
    return (
      <ScreenProblem
        error={query.error}
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
        actions={
          <ActionLink to="/">
            <Trans>Start page</Trans>
          </ActionLink>
        }
      />
    );
  }
  return <Card patient={query.data} />;
}

function Card({ patient }: { patient: Patient }) {
  const { t } = useLingui();
  const [isEditing, setIsEditing] = useState(false);
  const today = localDate(new Date(serverNow()));
  return (
    <>
      <PatientBanner patient={patient} />
      <div className={layout.page}>
        <div className={classes(layout.row, layout.spread)}>
          <h1>
            <Trans>Card and history</Trans>
          </h1>
          <PrimaryActionLink
            to="/requests/new"
            search={{ patient: patient.id }}
            icon={<IconFilePlus size={24} aria-hidden />}
          >
            <Trans>New request</Trans>
          </PrimaryActionLink>
        </div>
        <section className={classes(layout.card, layout.stack)} aria-labelledby="known">
          <h2 id="known">
            <Trans>About the patient</Trans>
          </h2>
          <SummaryView summary={patient.summary} isMinor={isMinor(patient.birthDate, today)} />
          <div>
            <Action tone="quiet" icon={<IconPencil size={20} aria-hidden />} onClick={() => setIsEditing(true)}>
              <Trans>Change</Trans>
            </Action>
          </div>
        </section>
        <section className={classes(layout.card, layout.stack)} aria-labelledby="trends">
          <h2 id="trends">
            <Trans>Vital signs over time</Trans>
          </h2>
          <PatientTrends patient={patient} />
        </section>
        <section className={layout.stack} aria-labelledby="consultations">
          <h2 id="consultations">
            <Trans>Consultations</Trans>
          </h2>
          <Consultations patientId={patient.id} />
        </section>
        <PatientAppointments patientId={patient.id} />
      </div>
      {isEditing && (
        <SummaryEditor
          patient={patient}
          renderCode={({ value, onChange, onChoose }) => (
            <IcdField
              label={t`ICD-10`}
              name="condition"
              value={value}
              specialty={null}
              onChange={onChange}
              onChoose={onChoose}
            />
          )}
          onClose={() => setIsEditing(false)}
          onSaved={() => setIsEditing(false)}
        />
      )}
    </>
  );
}

function Consultations({ patientId }: { patientId: PatientId }) {
  const specialtyName = useSpecialtyName();
  const pages = usePatientConsultations(patientId);
  const { data, error, isPending, isFetching, refetch } = pages;
  if (isPending) return <Skeleton lines={3} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  if (data.consultations.length === 0) {
    return (
      <EmptyState
        title={<Trans>No consultations yet</Trans>}
        why={<Trans>What is asked about this patient appears here.</Trans>}
      />
    );
  }
  return (
    <>
      <ul className={layout.list}>
        {data.consultations.map((consultation) => (
          <li key={consultation.id}>
            <ConsultationRow consultation={consultation} specialtyName={specialtyName(consultation.specialty)} />
          </li>
        ))}
      </ul>
      <MoreConsultations of={pages} />
    </>
  );
}
