import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import type { UnplacedRequest } from '@jaqyn/shared/scheduling/waitlist.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHandGrab, IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import { newId } from '../../../../lib/ids.ts';
import { Action } from '../../../../ui/action.tsx';
import { classes } from '../../../../ui/classes.ts';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useJoinWaitlist } from '../../api/join-waitlist.ts';
import { offerUndo } from '../../undo-offer.ts';
import { toWaiter } from './unplaced.ts';
import styles from './waitlist-card.module.css';
import { HowSoonLink, WaiterFacts } from './waitlist-card.tsx';

const NO_WISHES = { language: null, partOfDay: 'any' as const, preferredPractitionerId: null, avoidWeekdays: [] };

interface CardProps {
  readonly request: UnplacedRequest;
  readonly isCarried: boolean;
  onPickUp(): void;
}

/** A request that nobody has planned: onto the board like a waiter, or onto the list with one press, which can be taken back. */
export function NewcomerCard({ request, isCarried, onPickUp }: CardProps) {
  const { t } = useLingui();
  const join = useJoinWaitlist();
  // Kept over a second press; what is undone keeps its own, so that the next time needs another.
  const [id, setId] = useState(() => newId() as AppointmentId);
  const { requestId, reason, isOverdue, requestStatus, isPlanned } = request;
  const name = request.patient.shortName;

  function putOnList() {
    join.mutate(
      { id, requestId, mode: 'video', wishes: NO_WISHES },
      {
        onSuccess: ({ receipt }) => {
          setId(newId() as AppointmentId);
          offerUndo(receipt, () => t`On the waiting list: ${name}`);
        },
      },
    );
  }

  return (
    <li className={classes(styles.card, isCarried && styles.carried, styles.draggable)} data-carry={requestId}>
      <WaiterFacts entry={{ appointment: toWaiter(request, id), isOverdue, declined: 0 }}>
        {reason !== '' && <p className={styles.reason}>{reason}</p>}
        {requestStatus === 'accepted' ? (
          <p className={styles.facts}>
            <Trans>Had a time and gave it back</Trans>
          </p>
        ) : (
          !isPlanned && (
            <p className={styles.facts}>
              <Trans>A call that nobody has answered</Trans>
            </p>
          )
        )}
        <div className={styles.actions}>
          <Action
            icon={<IconHandGrab size={20} aria-hidden />}
            aria-label={t`Put on the board: ${name}`}
            aria-pressed={isCarried}
            onClick={onPickUp}
          >
            <Trans>Put on the board</Trans>
          </Action>
          <Action
            tone="quiet"
            icon={<IconHourglass size={20} aria-hidden />}
            aria-label={t`To the waiting list: ${name}`}
            isBusy={join.isPending}
            onClick={putOnList}
          >
            <Trans>To the waiting list</Trans>
          </Action>
          <HowSoonLink requestId={requestId} name={name} />
        </div>
        {join.isError && <ProblemNotice error={join.error} />}
      </WaiterFacts>
    </li>
  );
}
