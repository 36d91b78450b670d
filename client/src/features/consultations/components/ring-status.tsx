import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans } from '@lingui/react/macro';
import { Elapsed } from '../../../ui/elapsed.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import styles from './ring-status.module.css';

/** Who rings at this moment and for how long, and how long the patient has been waiting in total. */
export function RingStatus({ consultation }: { consultation: Consultation }) {
  const { ring, createdAt } = consultation;
  return (
    <>
      <div className={styles.clocks}>
        <p className={styles.clock}>
          <span className={styles.big}>
            <Elapsed since={createdAt} />
          </span>
          <Trans>waiting in total</Trans>
        </p>
        {ring && (
          <p className={styles.clock}>
            <span className={styles.big}>
              <Elapsed since={ring.startedAt} />
            </span>
            <Trans>ringing now</Trans>
          </p>
        )}
      </div>
      {ring && (
        <ul className={styles.people}>
          {ring.practitioners.map((person) => (
            <li key={person.id} className={styles.person}>
              <span className={styles.name}>{person.displayName}</span>
              {person.isReachable ? (
                <StatusBadge tone="well">
                  <Trans>at the screen, it rings</Trans>
                </StatusBadge>
              ) : (
                <StatusBadge tone="heed">
                  <Trans>not at the screen</Trans>
                </StatusBadge>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
