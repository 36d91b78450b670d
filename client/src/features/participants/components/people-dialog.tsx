import type { Participant, ParticipantType } from '@jaqyn/shared/consultations/participant.contract';
import { needsConsent, PARTICIPANT_TYPES } from '@jaqyn/shared/consultations/participant.contract';
import type { RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconUserMinus, IconUserPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { ConfirmDialog, Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useChangeParticipants } from '../api/change-participants.ts';
import { useInvitable } from '../api/list-invitable.ts';
import { participantWords } from '../participant-words.ts';
import styles from './people.module.css';

/** Somebody who is in the room now. */
export interface PersonInRoom {
  readonly userId: UserId;
  readonly displayName: string;
  readonly part: ReactNode;
}

interface PeopleDialogProps {
  readonly requestId: RequestId;
  readonly isOpen: boolean;
  readonly inRoom: readonly PersonInRoom[];
  readonly participants: readonly Participant[];
  /** May ask people in and send everybody out; a station sends out those only whom the patient agreed to. */
  readonly canInvite: boolean;
  readonly specialtyName: (code: string) => string;
  onClose(): void;
}

/** Who is in the call, who is asked in, and asking somebody in. */
export function PeopleDialog(props: PeopleDialogProps) {
  const { requestId, isOpen, inRoom, participants, canInvite, specialtyName, onClose } = props;
  const { t } = useLingui();
  const change = useChangeParticipants(requestId);
  const [leaving, setLeaving] = useState<Participant | null>(null);
  const here = new Set(inRoom.map(({ userId }) => userId));
  const away = participants.filter(({ userId }) => !here.has(userId));
  const partOf = (userId: UserId) => participants.find((one) => one.userId === userId);
  const leavingName = leaving?.displayName ?? '';
  return (
    <>
      <Dialog isOpen={isOpen && leaving === null} title={<Trans>People in the call</Trans>} onClose={onClose}>
        <ul className={styles.list}>
          {inRoom.map(({ userId, displayName, part }) => (
            <Person
              key={userId}
              name={displayName}
              part={part}
              status={
                <StatusBadge tone="well">
                  <Trans>In the call</Trans>
                </StatusBadge>
              }
              participant={partOf(userId)}
              canInvite={canInvite}
              onSendOut={setLeaving}
            />
          ))}
          {away.map((participant) => (
            <Person
              key={participant.id}
              name={participant.displayName}
              part={t(participantWords[participant.type].label)}
              status={
                needsConsent(participant.type) && participant.consent === null ? (
                  <StatusBadge tone="heed">
                    <Trans>The patient is being asked</Trans>
                  </StatusBadge>
                ) : (
                  <StatusBadge tone="quiet">
                    <Trans>Asked in, not here yet</Trans>
                  </StatusBadge>
                )
              }
              participant={participant}
              canInvite={canInvite}
              onSendOut={setLeaving}
            />
          ))}
        </ul>
        {canInvite && <Invite requestId={requestId} specialtyName={specialtyName} />}
        <DialogActions>
          <Action onClick={onClose}>
            <Trans>Close</Trans>
          </Action>
        </DialogActions>
      </Dialog>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={<Trans>Send {leavingName} out of the call?</Trans>}
        confirmLabel={<Trans>Send out</Trans>}
        tone="act-now"
        isBusy={change.isPending}
        onCancel={() => {
          change.reset();
          setLeaving(null);
        }}
        onConfirm={() => {
          if (leaving)
            change.mutate({ kind: 'send_out', participantId: leaving.id }, { onSuccess: () => setLeaving(null) });
        }}
      >
        <p>
          <Trans>They stop hearing and seeing the call at once. It is written into the record.</Trans>
        </p>
        {change.isError && <ProblemNotice error={change.error} />}
      </ConfirmDialog>
    </>
  );
}

interface PersonProps {
  readonly name: string;
  readonly part: ReactNode;
  readonly status: ReactNode;
  readonly participant: Participant | undefined;
  readonly canInvite: boolean;
  onSendOut(participant: Participant): void;
}

function Person({ name, part, status, participant, canInvite, onSendOut }: PersonProps) {
  const { t } = useLingui();
  const canSendOut = participant !== undefined && (canInvite || needsConsent(participant.type));
  const askedBy = participant?.consent?.askedBy;
  return (
    <li className={styles.person}>
      <span className={styles.who}>
        <strong>{name}</strong>
        <span className={styles.part}>{part}</span>
        {askedBy !== undefined && (
          <span className={styles.part}>
            <Trans>The patient agreed; asked by {askedBy}</Trans>
          </span>
        )}
      </span>
      {status}
      {canSendOut && (
        <Action
          tone="danger"
          icon={<IconUserMinus size={20} aria-hidden />}
          aria-label={t`Send out: ${name}`}
          onClick={() => onSendOut(participant)}
        >
          <Trans>Send out</Trans>
        </Action>
      )}
    </li>
  );
}

function Invite({ requestId, specialtyName }: { requestId: RequestId; specialtyName: (code: string) => string }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const [type, setType] = useState<ParticipantType>('consultant');
  const [q, setQ] = useState('');
  const found = useInvitable(requestId, type, q.trim());
  const change = useChangeParticipants(requestId);
  const shown = found.data?.people.length ?? 0;
  const total = found.data?.total ?? 0;
  return (
    <section className={styles.invite} aria-label={t`Ask somebody in`}>
      <h3>
        <Trans>Ask somebody in</Trans>
      </h3>
      <ChoiceCards
        legend={<Trans>As what</Trans>}
        choices={PARTICIPANT_TYPES.map((value) => ({
          value,
          title: t(participantWords[value].label),
          note: t(participantWords[value].note),
        }))}
        value={type}
        onChange={setType}
      />
      <TextField label={<Trans>Part of the name</Trans>} value={q} onChange={(event) => setQ(event.target.value)} />
      {change.isError && <ProblemNotice error={change.error} />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={3} />}
      {found.data && total === 0 && (
        <p className="quiet">
          <Trans>Nobody was found. Try fewer letters.</Trans>
        </p>
      )}
      <ul className={styles.list}>
        {found.data?.people.map(({ userId, displayName, specialty, place, isOnline }) => (
          <li key={userId} className={styles.person}>
            <span className={styles.who}>
              <strong>{displayName}</strong>
              <span className={styles.part}>
                {[specialty && specialtyName(specialty), place && localText(place)].filter(Boolean).join(' · ')}
              </span>
            </span>
            {isOnline ? (
              <StatusBadge tone="well">
                <Trans>Online</Trans>
              </StatusBadge>
            ) : (
              <StatusBadge tone="quiet">
                <Trans>Not online</Trans>
              </StatusBadge>
            )}
            <Action
              icon={<IconUserPlus size={20} aria-hidden />}
              aria-label={t`Ask in: ${displayName}`}
              isBusy={change.isPending}
              onClick={() => change.mutate({ kind: 'invite', userId, type })}
            >
              <Trans>Ask in</Trans>
            </Action>
          </li>
        ))}
      </ul>
      {shown < total && (
        <p className="quiet" role="status">
          <Trans>
            {shown} of {total} shown
          </Trans>
        </p>
      )}
    </section>
  );
}
