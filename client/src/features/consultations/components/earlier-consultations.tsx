import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans } from '@lingui/react/macro';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { usePatientConsultations } from '../api/list-patient-consultations.ts';
import { DoneRow } from './done-row.tsx';
import { MoreConsultations } from './more-consultations.tsx';

/** What this specialist saw of the same patient before. */
export function EarlierConsultations({ consultation }: { consultation: Consultation }) {
  const pages = usePatientConsultations(consultation.patient?.id);
  const { data, error, isPending, isFetching, refetch } = pages;
  if (consultation.patient === null) {
    return (
      <p className="quiet">
        <Trans>Known when the station names the patient.</Trans>
      </p>
    );
  }
  if (isPending) return <Skeleton lines={2} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  const earlier = data.consultations.filter(
    ({ id, conclusion }) => id !== consultation.id && conclusion?.signedAt != null,
  );
  if (earlier.length === 0 && !pages.hasNextPage) {
    return (
      <p className="quiet">
        <Trans>You have not consulted this patient before.</Trans>
      </p>
    );
  }
  return (
    <>
      {earlier.map((one) => (
        <DoneRow key={one.id} consultation={one} />
      ))}
      <MoreConsultations of={pages} />
    </>
  );
}
