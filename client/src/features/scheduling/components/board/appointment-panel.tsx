import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHandGrab } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatAge, formatDateTime, formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { Action } from '../../../../ui/action.tsx';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import styles from './appointment-panel.module.css';
import { useBoardWords } from './board-context.ts';
import type { BoardCell } from './board-model.ts';
import { describePlaces, describeTime, kindWords } from './cell-words.ts';
import { canPickUp } from './drop-meaning.ts';
import { Panel } from './panel.tsx';

interface AppointmentPanelProps {
  readonly cell: BoardCell;
  readonly name: string;
  /** What else may be done with an appointment. */
  actionsOf(appointment: Appointment): ReactNode;
  onPickUp(appointment: Appointment): void;
  onClose(): void;
}

/** Who has a slot, and what may be done; several where it is overbooked or a batch. */
export function AppointmentPanel({ cell, name, actionsOf, onPickUp, onClose }: AppointmentPanelProps) {
  const { t } = useLingui();
  return (
    <Panel title={describeTime(cell)} onClose={onClose}>
      <p>
        <b>{name}</b>
        {cell.batch !== null && (
          <>
            <br />
            {describePlaces(cell.batch)}
          </>
        )}
      </p>
      {cell.appointments.length === 0 && (
        <p className="quiet">
          {t(kindWords[cell.kind])}
          {cell.hold !== null && `: ${cell.hold.byName}, ${formatTime(cell.hold.expiresAt)}`}
        </p>
      )}
      {cell.service === null && (
        <p className="quiet">
          <Trans>The roster has no slot here any more; the appointment stayed where it was.</Trans>
        </p>
      )}
      {cell.appointments.map((appointment) => (
        <AppointmentFacts key={appointment.id} appointment={appointment}>
          {canPickUp(appointment) && (
            <Action icon={<IconHandGrab size={20} aria-hidden />} onClick={() => onPickUp(appointment)}>
              <Trans>Move on the board</Trans>
            </Action>
          )}
          {actionsOf(appointment)}
        </AppointmentFacts>
      ))}
    </Panel>
  );
}

function AppointmentFacts({ appointment, children }: { appointment: Appointment; children: ReactNode }) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { urgencyWords, specialtyName } = useBoardWords();
  const { patient, station, urgency, treatBy, requestNumber, practitioners, note, expiresAt } = appointment;
  const by = formatDateTime(treatBy);
  const until = expiresAt === null ? '' : formatDateTime(expiresAt);
  const others = practitioners.map(({ displayName }) => displayName).join(', ');
  return (
    <article className={styles.appointment}>
      <div className={styles.top}>
        <h3>{patient.shortName}</h3>
        <StatusBadge tone={urgencyWords[urgency].tone}>{t(urgencyWords[urgency].label)}</StatusBadge>
      </div>
      <p>
        {formatAge(patient.birthDate)} · {specialtyName(appointment.specialty)} · №{'\u00A0'}
        {requestNumber}
      </p>
      <p>
        {localText(station.name)}, <a href={`tel:${station.phone.replaceAll(' ', '')}`}>{station.phone}</a>
      </p>
      <p className="quiet">
        <Trans>To be seen by {by}</Trans>
      </p>
      {practitioners.length > 1 && (
        <p>
          <Trans>Together: {others}</Trans>
        </p>
      )}
      {expiresAt !== null && (
        <p>
          <Trans>Waits for an answer until {until}</Trans>
        </p>
      )}
      {note !== '' && <p>{note}</p>}
      <div className={styles.actions}>{children}</div>
    </article>
  );
}
