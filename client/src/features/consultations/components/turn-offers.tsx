import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconCalendarPlus, IconPencil, IconPhoneCall } from '@tabler/icons-react';
import { useNowSeconds } from '../../../lib/clock.ts';
import { formatDuration } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useTurnConsultation } from '../api/turn-consultation.ts';
import styles from './turn-offers.module.css';

interface TurnOffersProps {
  readonly consultation: Consultation;
  readonly viewer: 'station' | 'specialist';
  /** In a call whose line carries no voice any more. */
  readonly isTooThin?: boolean;
  /** When the call has begun to ring or goes on. */
  onCalled?(): void;
}

/** What can become of a call that broke off, or of a case that waits for an answer in writing. Nothing is typed again. */
export function TurnOffers({ consultation, viewer, isTooThin = false, onCalled }: TurnOffersProps) {
  const { t } = useLingui();
  const turn = useTurnConsultation(consultation.id);
  const { status, patient, waiting } = consultation;
  const isInterrupted = status === 'interrupted';
  const isUnheard = status === 'in_call' && isTooThin;
  if (!isInterrupted && !isUnheard && status !== 'async_assigned') return null;
  const callLabel = viewer === 'station' ? t`Call the specialist again` : t`Call the station now`;
  return (
    <section
      className={classes(styles.offers, (isInterrupted || isUnheard) && styles.broken)}
      aria-label={t`How to go on`}
    >
      {isInterrupted && waiting && (
        <p>
          <Trans>Everything is kept. If it does not come back, it becomes a case for an answer in writing in</Trans>{' '}
          <strong>
            <Left until={waiting.dueAt} />
          </strong>
        </p>
      )}
      {isUnheard && (
        <p>
          <Trans>
            The line is too thin to talk; the voice tries again by itself. Go on in writing: everything is kept as it
            is, nothing is typed again.
          </Trans>
        </p>
      )}
      <div className={layout.row}>
        {!isUnheard && (viewer === 'station' || !isInterrupted) && (
          <Action
            icon={<IconPhoneCall size={22} aria-hidden />}
            isBusy={turn.isPending && turn.variables.into === 'call'}
            onClick={() => turn.mutate({ into: 'call' }, { onSuccess: () => onCalled?.() })}
          >
            {callLabel}
          </Action>
        )}
        {(isInterrupted || isUnheard) && (
          <Action
            icon={<IconPencil size={22} aria-hidden />}
            isBusy={turn.isPending && turn.variables.into === 'written'}
            onClick={() => turn.mutate({ into: 'written' })}
          >
            {viewer === 'station' ? <Trans>Ask for an answer in writing</Trans> : <Trans>Answer in writing</Trans>}
          </Action>
        )}
        {patient && !isUnheard && (
          <Action
            icon={<IconCalendarPlus size={22} aria-hidden />}
            isBusy={turn.isPending && turn.variables.into === 'booking'}
            onClick={() => turn.mutate({ into: 'booking' })}
          >
            <Trans>Have a time booked</Trans>
          </Action>
        )}
        {viewer === 'specialist' && status === 'async_assigned' && (
          <Action
            icon={<IconArrowBackUp size={22} aria-hidden />}
            isBusy={turn.isPending && turn.variables.into === 'triage'}
            onClick={() => turn.mutate({ into: 'triage' })}
          >
            <Trans>Give back</Trans>
          </Action>
        )}
      </div>
      {turn.isError && <ProblemNotice error={turn.error} />}
    </section>
  );
}

function Left({ until }: { until: string }) {
  const now = useNowSeconds();
  return <span className="nowrap">{formatDuration(Math.max(0, Math.ceil(Date.parse(until) / 1000 - now)))}</span>;
}
