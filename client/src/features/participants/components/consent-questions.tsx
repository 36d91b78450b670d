import { needsConsent, type Participant } from '@jaqyn/shared/consultations/participant.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { Trans } from '@lingui/react/macro';
import { Action } from '../../../ui/action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useChangeParticipants } from '../api/change-participants.ts';
import styles from './people.module.css';

/** Somebody is asked in to look on or to interpret: the patient is asked first, and what they say is written down. */
export function ConsentQuestions({
  requestId,
  participants,
}: {
  requestId: RequestId;
  participants: readonly Participant[];
}) {
  const change = useChangeParticipants(requestId);
  const waiting = participants.filter(({ type, consent }) => needsConsent(type) && consent === null);
  if (waiting.length === 0 && !change.isError) return null;
  return (
    <div role="alert" className={styles.questions}>
      {waiting.map(({ id, displayName, type }) => (
        <div key={id} className={styles.question}>
          <p>
            {type === 'interpreter' ? (
              <Trans>
                <strong>{displayName}</strong> is asked to interpret. Ask the patient: do they agree?
              </Trans>
            ) : (
              <Trans>
                <strong>{displayName}</strong> is asked to look on silently. Ask the patient: do they agree?
              </Trans>
            )}
          </p>
          <div className={styles.actions}>
            <Action isBusy={change.isPending} onClick={() => change.mutate({ kind: 'agree', participantId: id })}>
              <Trans>The patient agrees</Trans>
            </Action>
            <Action
              tone="danger"
              isBusy={change.isPending}
              onClick={() => change.mutate({ kind: 'send_out', participantId: id })}
            >
              <Trans>The patient does not agree</Trans>
            </Action>
          </div>
        </div>
      ))}
      {change.isError && <ProblemNotice error={change.error} />}
    </div>
  );
}
