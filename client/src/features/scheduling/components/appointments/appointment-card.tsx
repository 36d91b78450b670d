import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { DayListEntry } from '@jaqyn/shared/scheduling/board.contract';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useNowSeconds } from '../../../../lib/clock.ts';
import { formatAge, formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { classes } from '../../../../ui/classes.ts';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import { punctuality } from '../../today/day-order.ts';
import { AppointmentActions } from './appointment-actions.tsx';
import styles from './appointment-card.module.css';
import { appointmentWords, cancelWords, causeWords, missingWords } from './appointment-words.ts';
import { ExpiresIn, Until } from './until.tsx';
import { useWhen } from './when.ts';

interface AppointmentCardProps {
  readonly appointment: Appointment;
  readonly missing?: DayListEntry['missing'] | undefined;
  readonly viewer: Role;
  readonly specialtyName: string;
  /** The one to act on: larger, with its step as a large button. */
  readonly isNext?: boolean | undefined;
  /** The day beside the time, where the list is not of one day. */
  readonly hasDay?: boolean | undefined;
  readonly onEnter?: ((requestId: RequestId) => void) | undefined;
  readonly onBook?: ((requestId: RequestId) => void) | undefined;
  readonly more?: ReactNode;
}

/** One appointment in a list: when, who, how it stands, what is missing, what to do. */
export function AppointmentCard(props: AppointmentCardProps) {
  const {
    appointment,
    missing = [],
    viewer,
    specialtyName,
    isNext = false,
    hasDay = false,
    onEnter,
    onBook,
    more,
  } = props;
  const { t } = useLingui();
  const localText = useLocalText();
  const when = useWhen();
  const now = useNowSeconds();
  const { patient, practitioners, station, startsAt, status, mode, expiresAt } = appointment;
  const words = appointmentWords(appointment);
  const late = punctuality(appointment, now);
  const age = formatAge(patient.birthDate);
  const others = practitioners.map(({ displayName }) => displayName).join(', ');
  const whom = viewer === 'specialist' ? localText(station.name) : others;
  const isConsilium = practitioners.length > 1;
  return (
    <div className={styles.around}>
      <article
        tabIndex={-1}
        data-appointment={appointment.id}
        className={classes(styles.card, isNext && styles.next, late.kind === 'late' && styles.late)}
        aria-label={`${startsAt === null ? '' : formatTime(startsAt)} ${patient.shortName}`}
      >
        <div className={classes(styles.time, hasDay && startsAt !== null && styles.dated)}>
          {startsAt === null ? '—' : hasDay ? when(startsAt) : formatTime(startsAt)}
          <Until punctuality={late} />
        </div>
        <div className={styles.who}>
          <p className={styles.name}>
            {viewer === 'coordinator' ? (
              patient.shortName
            ) : (
              <Link
                to={viewer === 'specialist' ? '/consults/$requestId' : '/requests/$requestId/plan'}
                params={{ requestId: appointment.requestId }}
              >
                {patient.shortName}
              </Link>
            )}
            , {age}
          </p>
          <p className={styles.sub}>
            {[specialtyName, whom, isConsilium && t`consilium`, mode === 'async' && t`in writing`]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <div className={styles.badges}>
            <StatusBadge tone={words.tone}>{t(words.label)}</StatusBadge>
            {missing.map((one) => (
              <StatusBadge key={one} tone="heed">
                {t(missingWords[one])}
              </StatusBadge>
            ))}
            {(status === 'proposed' || status === 'pending') && expiresAt !== null && <ExpiresIn at={expiresAt} />}
            {appointment.noShowCause !== null && (
              <span className={styles.sub}>{t(causeWords[appointment.noShowCause])}</span>
            )}
            {appointment.cancelReason !== null && (
              <span className={styles.sub}>{t(cancelWords[appointment.cancelReason])}</span>
            )}
          </div>
          {appointment.note !== '' && <p className={styles.note}>{appointment.note}</p>}
        </div>
        <div className={styles.actions}>
          <AppointmentActions
            appointment={appointment}
            viewer={viewer}
            isCompact={!isNext}
            onEnter={onEnter}
            onBook={onBook}
          />
          {more}
        </div>
      </article>
    </div>
  );
}
