import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPhoneIncoming } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { formatAge, formatCalendarDate, formatIin, formatPersonName } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useAcceptCall } from '../api/accept-call.ts';
import { urgencyWords } from '../consultation-words.ts';
import { takenOr } from '../taken.ts';
import { silenceRing } from '../use-rings.ts';
import styles from './accept-dialog.module.css';

interface AcceptDialogProps {
  readonly consultation: Consultation;
  /** False when it was answered elsewhere or cancelled while this was open. */
  readonly isStillOpen: boolean;
  /** Join was pressed; what it answers is called when nothing comes of it. */
  onJoining?(): () => void;
  onAccepted(consultation: Consultation): void;
  onClose(): void;
}

/** Confirms whom one is about to join: the wrong patient's card is the mistake to prevent. Enter joins. */
export function AcceptDialog({ consultation, isStillOpen, onJoining, onAccepted, onClose }: AcceptDialogProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const accept = useAcceptCall();
  const join = useRef<HTMLButtonElement>(null);
  const { patient, station, urgency } = consultation;

  // After the dialog's own effect, which gives the focus to the first button.
  useEffect(() => join.current?.focus(), []);

  function onJoin() {
    const undo = onJoining?.();
    accept.mutate(consultation.id, {
      onError: () => undo?.(),
      onSuccess: (accepted) => {
        silenceRing(consultation.id);
        onAccepted(accepted);
      },
    });
  }

  return (
    <Dialog isOpen title={<Trans>You are joining</Trans>} onClose={onClose}>
      {patient ? (
        <div>
          <p className={styles.name}>{formatPersonName(patient)}</p>
          <p className={styles.iin}>
            {t`IIN`} {patient.iin === null ? t`unknown` : formatIin(patient.iin)}
          </p>
          <p>
            {formatCalendarDate(patient.birthDate)} ({formatAge(patient.birthDate)}),{' '}
            {patient.sex === 'male' ? t`male` : t`female`}
          </p>
        </div>
      ) : (
        <p className={styles.name}>
          <Trans>Emergency: the station has not named the patient yet. Ask for the name first.</Trans>
        </p>
      )}
      <p>
        {localText(station.name)}, {consultation.requestedBy.displayName}
      </p>
      <div>
        <StatusBadge tone={urgencyWords[urgency].tone}>{t(urgencyWords[urgency].label)}</StatusBadge>
      </div>
      <div role="status">
        {!isStillOpen && !accept.isPending && !accept.isSuccess && (
          <p className={styles.gone}>
            <Trans>This call rings no more: it was answered elsewhere or cancelled.</Trans>
          </p>
        )}
      </div>
      {accept.isError && <ProblemNotice error={takenOr(accept.error)} />}
      <DialogActions>
        <Action onClick={onClose}>
          <Trans>Go back</Trans>
        </Action>
        <PrimaryAction
          ref={join}
          icon={<IconPhoneIncoming size={24} aria-hidden />}
          isBusy={accept.isPending}
          disabled={!isStillOpen}
          onClick={onJoin}
        >
          <Trans>Join</Trans>
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}
