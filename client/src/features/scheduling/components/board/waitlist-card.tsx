import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { WaitlistEntry } from '@jaqyn/shared/scheduling/waitlist.contract';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconClockSearch, IconHandGrab } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatAge, formatDateTime, formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { Action, ActionLink } from '../../../../ui/action.tsx';
import { classes } from '../../../../ui/classes.ts';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import { partOfDayWords } from '../appointments/appointment-words.ts';
import { useDayWords } from '../rosters/day-words.ts';
import { LANGUAGE_NAMES } from '../rosters/schedule-words.ts';
import { useBoardWords } from './board-context.ts';
import styles from './waitlist-card.module.css';

interface WaiterFactsProps {
  readonly entry: Pick<WaitlistEntry, 'appointment' | 'isOverdue' | 'declined'>;
  readonly children?: ReactNode;
}

/** Who waits: how urgent, who, from where, until when they should be seen. */
export function WaiterFacts({ entry, children }: WaiterFactsProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { urgencyWords, specialtyName } = useBoardWords();
  const { appointment, isOverdue, declined } = entry;
  const { urgency, patient, station, treatBy, specialty, status, expiresAt } = appointment;
  const by = formatDateTime(treatBy);
  const until = expiresAt === null ? '' : formatTime(expiresAt);
  return (
    <>
      <div className={styles.top}>
        <strong className={styles.name}>{patient.shortName}</strong>
        <StatusBadge tone={urgencyWords[urgency].tone} className={styles.badge ?? ''}>
          {t(urgencyWords[urgency].label)}
        </StatusBadge>
      </div>
      <p className={styles.facts}>
        {[formatAge(patient.birthDate), specialtyName(specialty), localText(station.name)].join(' · ')}
      </p>
      <p className={classes(styles.by, isOverdue && styles.overdue)}>
        {isOverdue ? <Trans>Overdue since {by}</Trans> : <Trans>To be seen by {by}</Trans>}
      </p>
      {status === 'proposed' && (
        <p className={styles.facts}>
          <Trans>Offered, answer until {until}</Trans>
        </p>
      )}
      {declined > 0 && (
        <p className={styles.facts}>
          <Plural value={declined} one="# offer let pass" other="# offers let pass" />
        </p>
      )}
      {children}
    </>
  );
}

/** What they asked for: the part of the day, the days that do not do, the language. */
function Wishes({ wishes }: { wishes: WaitlistEntry['wishes'] }) {
  const { t } = useLingui();
  const words = useDayWords();
  const days = words.weekdays(wishes.avoidWeekdays);
  const said = [
    wishes.partOfDay === 'any' ? '' : t(partOfDayWords[wishes.partOfDay]),
    wishes.avoidWeekdays.length === 0 ? '' : t`cannot come: ${days}`,
    wishes.language === null ? '' : LANGUAGE_NAMES[wishes.language],
  ].filter((words) => words !== '');
  return said.length === 0 ? null : (
    <p className={styles.facts}>
      {t`Wishes`}: {said.join(' · ')}
    </p>
  );
}

/** The way to the answer of all specialists, with a series and a consilium; the board has only those it shows. */
export function HowSoonLink({ requestId, name }: { requestId: RequestId; name: string }) {
  const { t } = useLingui();
  return (
    <ActionLink
      tone="quiet"
      icon={<IconClockSearch size={20} aria-hidden />}
      aria-label={t`How soon? ${name}`}
      to="/schedule/requests/$requestId"
      params={{ requestId }}
    >
      <Trans>How soon?</Trans>
    </ActionLink>
  );
}

interface CardProps {
  readonly entry: WaitlistEntry;
  readonly isCarried: boolean;
  onPickUp(): void;
}

/** A waiter who can be dragged onto the board, or picked up by the button. */
export function WaitlistCard({ entry, isCarried, onPickUp }: CardProps) {
  const isWaiting = entry.appointment.status === 'waitlist';
  const name = entry.appointment.patient.shortName;
  const { t } = useLingui();
  return (
    <li
      className={classes(styles.card, isCarried && styles.carried, isWaiting && styles.draggable)}
      data-carry={isWaiting ? entry.appointment.id : undefined}
    >
      <WaiterFacts entry={entry}>
        <Wishes wishes={entry.wishes} />
        {isWaiting && (
          <div className={styles.actions}>
            <Action
              icon={<IconHandGrab size={20} aria-hidden />}
              aria-label={t`Put on the board: ${name}`}
              aria-pressed={isCarried}
              onClick={onPickUp}
            >
              <Trans>Put on the board</Trans>
            </Action>
            <HowSoonLink requestId={entry.appointment.requestId} name={name} />
          </div>
        )}
      </WaiterFacts>
    </li>
  );
}
