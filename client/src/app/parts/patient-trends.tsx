import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { Trans } from '@lingui/react/macro';
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
  if (found.data.length === 0) {
    return (
      <p className="quiet">
        <Trans>No vital signs were taken yet.</Trans>
      </p>
    );
  }
  return (
    <>
      <VitalTrends observations={found.data} birthDate={patient.birthDate} />
      <VitalsTable observations={found.data} birthDate={patient.birthDate} columns={found.data.length} />
    </>
  );
}
