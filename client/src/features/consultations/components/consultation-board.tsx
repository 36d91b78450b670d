import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { ballHolder, nextState } from '@jaqyn/shared/consultations/consultation.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPhone, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useNowSeconds } from '../../../lib/clock.ts';
import { formatAge, formatShortName } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action, ActionAnchor } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { holderWords, statusWords, urgencyWords } from '../consultation-words.ts';
import { toneOfConsultation } from '../waiting.ts';
import { byClock } from '../worklist.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import styles from './consultation-board.module.css';
import { Timeline } from './timeline.tsx';
import { useWaitTone, WaitTime } from './wait-time.tsx';

interface ConsultationBoardProps {
  readonly consultations: readonly Consultation[];
  /** With those that are not shown yet. */
  readonly total: number;
  specialtyName(code: string): string;
  /** Where the coordinator goes on with one, if it is theirs to go on. */
  renderNext(consultation: Consultation): ReactNode;
}

/** Everything that is open, red clocks first, and whose turn it is. */
export function ConsultationBoard({ consultations, total, specialtyName, renderNext }: ConsultationBoardProps) {
  // Ten seconds: the order follows the clocks without jumping under the mouse each second.
  const nowMs = Math.floor(useNowSeconds() / 10) * 10_000;
  const sorted = [...consultations].sort((a, b) => byClock(a, b, nowMs));
  const red = sorted.filter((one) => toneOfConsultation(one, nowMs) === 'act-now').length;
  const amber = sorted.filter((one) => toneOfConsultation(one, nowMs) === 'heed').length;
  const shown = consultations.length;
  const isPart = total > shown;
  return (
    <>
      <p className={styles.counts}>
        <StatusBadge tone={red > 0 ? 'act-now' : 'quiet'}>
          <Trans>past the limit: {red}</Trans>
        </StatusBadge>
        <StatusBadge tone={amber > 0 ? 'heed' : 'quiet'}>
          <Trans>near the limit: {amber}</Trans>
        </StatusBadge>
        <StatusBadge tone="accent">
          <Trans>open: {total}</Trans>
        </StatusBadge>
        {isPart && (
          <span className="quiet">
            <Trans>The limits are counted among the {shown} that stand here.</Trans>
          </span>
        )}
      </p>
      <ul className={styles.board}>
        {sorted.map((consultation) => (
          <BoardRow
            key={consultation.id}
            consultation={consultation}
            specialty={specialtyName(consultation.specialty)}
            next={renderNext(consultation)}
          />
        ))}
      </ul>
    </>
  );
}

function BoardRow({
  consultation,
  specialty,
  next,
}: {
  consultation: Consultation;
  specialty: string;
  next: ReactNode;
}) {
  const { t } = useLingui();
  const localText = useLocalText();
  const tone = useWaitTone(consultation);
  const [isCancelling, setIsCancelling] = useState(false);
  const { status, urgency, patient, station, specialist, ring, number } = consultation;
  const holder = ballHolder(status);
  const ringing = ring?.practitioners.map(({ displayName }) => displayName).join(', ');
  return (
    <li className={classes(styles.row, tone && styles[tone])}>
      <div className={styles.clock}>
        <WaitTime consultation={consultation} />
        <StatusBadge tone={urgencyWords[urgency].tone}>{t(urgencyWords[urgency].label)}</StatusBadge>
      </div>
      <div className={styles.who}>
        <strong>
          {patient ? `${formatShortName(patient)}, ${formatAge(patient.birthDate)}` : t`Patient not chosen yet`}
        </strong>
        <span>{localText(station.settlement)}</span>
        <span className="quiet">{number}</span>
      </div>
      <div className={styles.who}>
        <strong>{specialty}</strong>
        <span>
          {specialist ? (
            specialist.displayName
          ) : ringing ? (
            <Trans>rings at: {ringing}</Trans>
          ) : (
            <Trans>no specialist yet</Trans>
          )}
        </span>
      </div>
      <div className={styles.who}>
        <span>
          <StatusBadge tone={statusWords[status].tone}>{t(statusWords[status].label)}</StatusBadge>
        </span>
        <span className={holder === 'coordinator' ? styles.mine : undefined}>{t(holderWords[holder])}</span>
      </div>
      <div className={styles.actions}>
        {next}
        <ActionAnchor
          tone="quiet"
          className={styles.phone}
          href={`tel:${station.phone.replace(/[^+\d]/g, '')}`}
          icon={<IconPhone size={20} aria-hidden />}
        >
          {station.phone}
        </ActionAnchor>
      </div>
      <div className={styles.more}>
        <Disclosure title={<Trans>What happened when</Trans>}>
          <p className={styles.reason}>{consultation.reason}</p>
          <Timeline requestId={consultation.id} />
          {nextState(status, 'cancel', 'coordinator') !== undefined && (
            <div>
              <Action tone="danger" icon={<IconX size={20} aria-hidden />} onClick={() => setIsCancelling(true)}>
                <Trans>Cancel the request…</Trans>
              </Action>
            </div>
          )}
        </Disclosure>
      </div>
      <CancelDialog
        requestId={consultation.id}
        isOpen={isCancelling}
        onClose={() => setIsCancelling(false)}
        onCancelled={() => setIsCancelling(false)}
      />
    </li>
  );
}
