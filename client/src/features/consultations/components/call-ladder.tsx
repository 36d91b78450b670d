import type { CallRung } from '@jaqyn/shared/consultations/progress.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useNowSeconds } from '../../../lib/clock.ts';
import { formatDuration, formatTime } from '../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { rungOutcomeWords, rungWords } from '../triage-words.ts';
import styles from './call-ladder.module.css';

interface CallLadderProps {
  readonly rungs: readonly CallRung[];
  /** The coordinator's of this station: every ladder ends with it and with 103. */
  readonly coordinatorPhone: string | undefined;
}

/** The ladder of a call as it is climbed: who was called and since when, who is called now and for how long yet, who is next. */
export function CallLadder({ rungs, coordinatorPhone }: CallLadderProps) {
  const { t } = useLingui();
  if (rungs.length === 0) return null;
  return (
    <ol className={styles.ladder} aria-label={t`Who is called`}>
      {rungs.map((rung, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rung is its place in the ladder
        <Rung key={index} rung={rung} number={index + 1} coordinatorPhone={coordinatorPhone} />
      ))}
    </ol>
  );
}

function Rung({ rung, number, coordinatorPhone }: { rung: CallRung; number: number } & Omit<CallLadderProps, 'rungs'>) {
  const { t } = useLingui();
  const { kind, outcome, people, skipped, startedAt, endsAt, seconds } = rung;
  const isNow = outcome === 'ringing' || outcome === 'shown';
  const time = startedAt === null ? '' : formatTime(startedAt);
  const place = isNow ? styles.now : outcome === null ? undefined : styles.past;
  return (
    <li className={classes(styles.rung, place)} aria-current={isNow ? 'step' : undefined}>
      <span className={styles.step}>{number}</span>
      <div className={styles.what}>
        <strong>{t(rungWords[kind])}</strong>
        {people.map((person) => (
          <span key={person.displayName} className={styles.person}>
            {person.displayName}
            {outcome === 'ringing' && person.outcome === 'ringing' && (
              <StatusBadge tone={person.isReachable ? 'well' : 'heed'}>
                {person.isReachable ? <Trans>at the screen, it rings</Trans> : <Trans>not at the screen</Trans>}
              </StatusBadge>
            )}
            {person.outcome === 'declined' && <StatusBadge tone="heed">{t`declined`}</StatusBadge>}
          </span>
        ))}
        {skipped.map(({ displayName }) => (
          <span key={displayName} className={styles.note}>
            {displayName}: <Trans>in another call, not rung</Trans>
          </span>
        ))}
        {kind !== 'phone' && people.length === 0 && skipped.length === 0 && (
          <span className={styles.note}>
            <Trans>nobody is on duty here now</Trans>
          </span>
        )}
        {startedAt !== null && !isNow && (
          <span className={styles.note}>
            {time} · {outcome && t(rungOutcomeWords[outcome])}
          </span>
        )}
        {kind === 'phone' && <Phones rung={rung} coordinatorPhone={coordinatorPhone} />}
      </div>
      {endsAt !== null && <Countdown endsAt={endsAt} />}
      {outcome === null && seconds !== null && (
        <span className={styles.note}>
          <Trans>then, for {seconds} s</Trans>
        </span>
      )}
    </li>
  );
}

/** Seconds until the next one is called. */
function Countdown({ endsAt }: { endsAt: string }) {
  const now = useNowSeconds();
  const left = Math.max(0, Math.ceil(Date.parse(endsAt) / 1000 - now));
  return (
    <span className={styles.count} role="timer">
      {formatDuration(left)}
      <span className="visually-hidden">
        <Trans>until the next one is called</Trans>
      </span>
    </span>
  );
}

function Phones({ rung, coordinatorPhone }: { rung: CallRung } & Omit<CallLadderProps, 'rungs'>) {
  const isNow = rung.outcome === 'shown';
  if (!isNow) {
    return <span className={styles.note}>{[...rung.phones.map(({ label }) => label), '103'].join(', ')}</span>;
  }
  return (
    <div className={styles.phones}>
      {rung.phones.map(({ label, phone }) => (
        <PhoneLink key={phone} phone={phone}>
          {label}
        </PhoneLink>
      ))}
      {coordinatorPhone !== undefined && (
        <PhoneLink phone={coordinatorPhone}>
          <Trans>Coordinator</Trans>
        </PhoneLink>
      )}
      <PhoneLink phone="103">
        <Trans>Life in danger</Trans>
      </PhoneLink>
    </div>
  );
}

function PhoneLink({ phone, children }: { phone: string; children: ReactNode }) {
  return (
    <a className={styles.phone} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
      <strong>{phone}</strong> {children}
    </a>
  );
}
