import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { Plural, Trans } from '@lingui/react/macro';
import { usePatientObservations } from '../../features/consultations/api/list-patient-observations.ts';
import { VitalTrends } from '../../features/consultations/components/vital-trends.tsx';
import { VitalsTable } from '../../features/consultations/components/vitals-table.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** Vital signs over all requests: a plot for each sign, and the same in numbers. */
export function PatientTrends({ patient }: { patient: Patient }) {
  const found = usePatientObservations(patient.id);
  if (found.isPending) return <Skeleton lines={3} />;
  if (!found.data) {
    return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} isRetrying={found.isFetching} />;
  }
  const { observations, hasEarlier } = found.data;
  const count = observations.length;
  if (observations.length === 0) {
    return (
      <p className="quiet">
        <Trans>No vital signs were taken yet.</Trans>
      </p>
    );
  }
  return (
    <>
      {hasEarlier && (
        <p className="quiet">
          <Plural value={count} one="Only the newest # measurement." other="Only the newest # measurements." />
        </p>
      )}
      <VitalTrends observations={observations} birthDate={patient.birthDate} />
      <VitalsTable observations={observations} birthDate={patient.birthDate} columns={count} />
    </>
  );
}
