import type { HoldId } from '@jaqyn/shared/kernel/ids';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { fromMinute } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarPlus, IconMailForward } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { formatTime } from '../../../../lib/format.ts';
import { Action } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useFits } from '../../api/list-fits.ts';
import { useOfferSlot } from '../../api/offer-slot.ts';
import { HoldCountdown } from '../../booking/hold-countdown.tsx';
import { useSlotHold } from '../../booking/use-slot-hold.ts';
import { offerUndo } from '../../undo-offer.ts';
import { useBoardWords } from './board-context.ts';
import { type BoardCell, targetStart } from './board-model.ts';
import { describeTime } from './cell-words.ts';
import { describeFit } from './fit-words.ts';
import { Panel } from './panel.tsx';
import styles from './slot-panel.module.css';
import { WaiterFacts } from './waitlist-card.tsx';

interface SlotPanelProps {
  readonly cell: BoardCell;
  readonly name: string;
  readonly isBusy: boolean;
  onBook(appointment: Appointment, holdId: HoldId): void;
  onOffered(): void;
  onClose(): void;
}

/** A free slot, held while it is looked at: who of the waiting list fits, why, and what to do. */
export function SlotPanel({ cell, name, isBusy, onBook, onOffered, onClose }: SlotPanelProps) {
  const { t } = useLingui();
  // The slot that was chosen, whatever becomes free before it in a batch.
  const [startsAt] = useState(() => fromMinute(targetStart(cell) ?? cell.from));
  const { practitionerId } = cell;
  const holding = useSlotHold();
  const fits = useFits(practitionerId, startsAt);
  const offer = useOfferSlot();
  const [minutes, setMinutes] = useState(30);
  const { specialtyName } = useBoardWords();
  const specialty = specialtyName(cell.specialty);
  const canAct = !isBusy && !offer.isPending && holding.hold !== null;

  const keep = () => holding.choose({ practitionerId, startsAt });
  const isKept = useRef(false);
  useEffect(() => {
    if (isKept.current) return;
    isKept.current = true;
    keep();
  });

  function makeOffer(appointment: Appointment) {
    if (holding.hold === null) return;
    const { holdId } = holding.hold;
    offer.mutate(
      {
        appointmentId: appointment.id,
        version: appointment.version,
        practitionerId,
        startsAt,
        expiresInMinutes: minutes,
        holdId,
      },
      {
        onSuccess: ({ receipt }) => {
          holding.forget();
          const [who, when] = [appointment.patient.shortName, formatTime(startsAt)];
          offerUndo(receipt, () => t`Offered: ${who}, ${when}`);
          onOffered();
        },
      },
    );
  }

  return (
    <Panel title={t`Free slot`} onClose={onClose}>
      <p className={styles.where}>
        <b>{name}</b>
        <br />
        {specialty}, {describeTime(cell)}
      </p>
      {holding.error ? (
        <ProblemNotice error={holding.error} onRetry={keep} isRetrying={holding.pending !== undefined} />
      ) : (
        holding.hold && (
          <HoldCountdown
            hold={holding.hold}
            isBusy={holding.pending !== undefined}
            onProlong={holding.prolong}
            onOther={onClose}
          />
        )
      )}
      {offer.isError && <ProblemNotice error={offer.error} />}
      <h3 id="fits">
        <Trans>Who fits</Trans>
      </h3>
      {fits.isPending && <Skeleton lines={4} />}
      {fits.isError && <ProblemNotice error={fits.error} onRetry={() => void fits.refetch()} />}
      {fits.data?.length === 0 && (
        <p className="quiet">
          <Trans>Nobody on the waiting list can take this slot.</Trans>
        </p>
      )}
      {fits.data && fits.data.length > 0 && (
        <>
          <label className={styles.expiry}>
            <Trans>An offer waits for</Trans>
            <select value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
              {[15, 30, 60, 120].map((value) => (
                <option key={value} value={value}>
                  {t`${value} min`}
                </option>
              ))}
            </select>
          </label>
          <ol className={styles.fits} aria-labelledby="fits">
            {fits.data.map(({ entry, reasons }) => {
              const who = entry.appointment.patient.shortName;
              return (
                <li key={entry.appointment.id} className={styles.fit}>
                  <WaiterFacts entry={entry}>
                    <p className={styles.reasons}>
                      {reasons.map((reason) => (
                        <span key={reason.code} className={reason.points < 0 ? styles.against : styles.for}>
                          {reason.points < 0 ? '−' : '+'} {describeFit(reason)}
                        </span>
                      ))}
                    </p>
                    <div className={styles.actions}>
                      <Action
                        icon={<IconCalendarPlus size={20} aria-hidden />}
                        aria-label={t`Book ${who}`}
                        disabled={!canAct}
                        onClick={() => holding.hold && onBook(entry.appointment, holding.hold.holdId)}
                      >
                        <Trans>Book</Trans>
                      </Action>
                      <Action
                        icon={<IconMailForward size={20} aria-hidden />}
                        aria-label={t`Offer to ${who}`}
                        disabled={!canAct}
                        onClick={() => makeOffer(entry.appointment)}
                      >
                        <Trans>Offer</Trans>
                      </Action>
                    </div>
                  </WaiterFacts>
                </li>
              );
            })}
          </ol>
        </>
      )}
    </Panel>
  );
}
