import { Trans } from '@lingui/react/macro';
import { IconPhoneCall } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ActionLink } from '../../../ui/action.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { usePatients } from '../api/search-patients.ts';
import { PatientFacts } from './patient-facts.tsx';
import styles from './patient-list.module.css';

const SHOWN = 6;

/** The station's recent patients: one click begins a request for one of them. */
export function RecentPatients() {
  const recent = usePatients('', SHOWN);
  if (recent.isPending) return <Skeleton lines={3} />;
  if (recent.isError) {
    return <ProblemNotice error={recent.error} onRetry={() => void recent.refetch()} isRetrying={recent.isFetching} />;
  }
  if (recent.data.patients.length === 0) {
    return (
      <EmptyState
        title={<Trans>No patients yet</Trans>}
        why={<Trans>Nobody was registered at this station yet.</Trans>}
        action={
          <ActionLink to="/requests/new">
            <Trans>Register a patient</Trans>
          </ActionLink>
        }
      />
    );
  }
  return (
    <ul className={styles.list}>
      {recent.data.patients.slice(0, SHOWN).map((patient) => (
        <li key={patient.id}>
          <Link to="/requests/new" search={{ patient: patient.id }} className={styles.patient}>
            <PatientFacts patient={patient} />
            <span className={styles.hint}>
              <IconPhoneCall size={20} aria-hidden />
              <Trans>Call</Trans>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
