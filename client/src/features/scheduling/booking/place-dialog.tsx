import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import type { Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarCheck, IconCalendarRepeat } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { serverNow } from '../../../lib/clock.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useCheckPlacement } from '../api/check-placement.ts';
import { useSlots } from '../api/list-slots.ts';
import { useWhen } from '../components/appointments/when.ts';
import { offerUndo } from '../undo-offer.ts';
import { AlsoSpecialists, type SpecialtyOption } from './also-specialists.tsx';
import { ConflictList } from './conflict-list.tsx';
import { HoldCountdown } from './hold-countdown.tsx';
import styles from './place-dialog.module.css';
import { firstFree, slotDays } from './slot-days.ts';
import { SlotPicker } from './slot-picker.tsx';
import { type Purpose, usePlacing } from './use-placing.ts';
import { useSlotHold } from './use-slot-hold.ts';

interface PlaceDialogProps {
  readonly purpose: Purpose;
  readonly practitioner: { readonly id: PractitionerId; readonly displayName: string };
  readonly mode?: 'video' | 'async';
  /** The slot that was pressed; when left out, the earliest of the specialist is proposed. */
  readonly startsAt?: Instant | undefined;
  /** For a consilium; without them nobody else is invited. */
  readonly specialties?: readonly SpecialtyOption[] | undefined;
  /** The way to a series that begins with the chosen slot, which is let go for it. */
  readonly onSeries?: ((startsAt: Instant) => void) | undefined;
  readonly note?: { readonly value: string; onChange(value: string): void } | undefined;
  onClose(): void;
  onDone?: ((changed: Changed) => void) | undefined;
}

/** How far the earliest slot of a specialist is looked for here; later ones are found in the weeks. */
const LOOK_AHEAD_DAYS = 30;

/** One slot, kept while it is looked at: what stands against it, other times beside it, and one button. */
export function PlaceDialog(props: PlaceDialogProps) {
  const { purpose, practitioner, mode = 'video', specialties, note, onClose } = props;
  const { t } = useLingui();
  const when = useWhen();
  const placing = usePlacing(purpose);
  const holding = useSlotHold();
  const { hold } = holding;
  const appointment = purpose.kind === 'book' ? undefined : purpose.appointment;
  // Who was in a consilium stays in it.
  const [also, setAlso] = useState<PractitionerId[]>(
    () => appointment?.practitioners.slice(1).map(({ id }) => id) ?? [],
  );
  const hasNone = useProposal(props, (startsAt) => holding.choose({ practitionerId: practitioner.id, startsAt }));
  const check = useCheckPlacement(
    hold && {
      requestId: purpose.kind === 'book' ? purpose.requestId : purpose.appointment.requestId,
      appointmentId: purpose.kind === 'move' ? purpose.appointment.id : null,
      practitionerId: practitioner.id,
      startsAt: hold.startsAt,
      alsoPractitionerIds: also,
      holdId: hold.holdId,
    },
  );
  const conflicts = hold ? (check.data?.conflicts ?? []) : [];
  const isAsked = conflicts.some(({ code }) => code === 'needs_confirmation');
  const isRefused = conflicts.some(({ severity }) => severity === 'refuses');
  const who = purpose.kind === 'book' ? purpose.patientName : purpose.appointment.patient.shortName;
  const doctor = practitioner.displayName;

  function choose(startsAt: Instant) {
    placing.reset();
    holding.choose({ practitionerId: practitioner.id, startsAt });
  }

  function confirm() {
    if (!hold) return;
    const where = {
      practitionerId: practitioner.id,
      startsAt: hold.startsAt,
      alsoPractitionerIds: also,
      holdId: hold.holdId,
    };
    placing.place(where, note?.value.trim() ?? '', (changed) => {
      holding.forget();
      offerUndo(changed.receipt, () => {
        const time = when(hold.startsAt);
        return purpose.kind === 'move' ? t`Moved: ${who}, ${time}` : t`Booked: ${who}, ${time}`;
      });
      props.onDone?.(changed);
      onClose();
    });
  }

  return (
    <Dialog isOpen title={<Title purpose={purpose} />} onClose={onClose}>
      <div className={styles.slot}>
        <p>
          {who} → {doctor}
        </p>
        <p className={styles.time} role="status">
          {hold ? when(hold.startsAt) : hasNone ? <Trans>No free time in the next 30 days</Trans> : null}
        </p>
        {!hold && !hasNone && !holding.error && <Skeleton lines={1} />}
        {appointment?.startsAt && purpose.kind === 'move' && <Before at={when(appointment.startsAt)} />}
      </div>
      {hold && (
        <HoldCountdown
          hold={hold}
          isBusy={holding.pending !== undefined}
          onProlong={holding.prolong}
          onOther={() => void holding.release()}
        />
      )}
      {holding.error && <ProblemNotice error={holding.error} />}
      <ConflictList conflicts={conflicts} />
      {placing.error && <ProblemNotice error={placing.error} onRetry={confirm} isRetrying={placing.isPending} />}
      {note && (
        <TextField
          label={t`Note for the coordinator and the specialist (may stay empty)`}
          autoComplete="off"
          maxLength={500}
          value={note.value}
          onChange={(event) => note.onChange(event.currentTarget.value)}
        />
      )}
      <DialogActions>
        <Action onClick={onClose}>
          <Trans>Go back</Trans>
        </Action>
        <PrimaryAction
          icon={<IconCalendarCheck size={24} aria-hidden />}
          disabled={!hold || isRefused || check.isPending}
          isBusy={placing.isPending}
          onClick={confirm}
        >
          {purpose.kind === 'move' ? (
            <Trans>Move to this time</Trans>
          ) : isAsked ? (
            <Trans>Ask for this time</Trans>
          ) : (
            <Trans>Book</Trans>
          )}
        </PrimaryAction>
      </DialogActions>
      <Disclosure title={<Trans>Another time of this specialist</Trans>}>
        <SlotPicker
          practitionerId={practitioner.id}
          practitionerName={doctor}
          mode={mode}
          from={hold ? localDate(hold.startsAt) : undefined}
          chosen={hold?.startsAt}
          pending={holding.pending?.startsAt}
          onChoose={choose}
        />
      </Disclosure>
      {specialties && mode === 'video' && (
        <Disclosure title={<Trans>Invite another specialist (consilium)</Trans>}>
          <AlsoSpecialists specialties={specialties} except={practitioner.id} value={also} onChange={setAlso} />
        </Disclosure>
      )}
      {hold && props.onSeries && mode === 'video' && (
        <Action
          tone="quiet"
          icon={<IconCalendarRepeat size={20} aria-hidden />}
          onClick={() => void holding.release().then(() => props.onSeries?.(hold.startsAt))}
        >
          <Trans>Several visits from this time on</Trans>
        </Action>
      )}
    </Dialog>
  );
}

function Title({ purpose }: { purpose: Purpose }) {
  switch (purpose.kind) {
    case 'book':
      return <Trans>Book this time</Trans>;
    case 'move':
      return <Trans>Move the appointment</Trans>;
    case 'rebook':
      return <Trans>Book again</Trans>;
  }
}

function Before({ at }: { at: string }) {
  return (
    <p className="quiet">
      <Trans>Until now: {at}</Trans>
    </p>
  );
}

/** Keeps the pressed slot, or the specialist's earliest, as soon as the dialog opens; true when there is none. */
function useProposal(
  { practitioner, mode = 'video', startsAt, purpose }: PlaceDialogProps,
  choose: (startsAt: Instant) => void,
): boolean {
  const [now] = useState(() => new Date(serverNow()));
  const today = localDate(now);
  const slots = useSlots(practitioner.id, today, addDays(today, LOOK_AHEAD_DAYS));
  const current = purpose.kind === 'move' ? purpose.appointment.startsAt : null;
  const days = slots.data && slotDays(slots.data, { from: today, days: LOOK_AHEAD_DAYS + 1, mode, now });
  const earliest = days && firstFree(days, current === null ? [] : [current])?.startsAt;
  const proposed = startsAt ?? earliest;
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || proposed === undefined) return;
    isDone.current = true;
    choose(proposed);
  });
  return days !== undefined && proposed === undefined;
}
