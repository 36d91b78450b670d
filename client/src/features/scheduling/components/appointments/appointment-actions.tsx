import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { AppointmentActor } from '@jaqyn/shared/scheduling/appointment.machine';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconArrowBackUp,
  IconCalendarMinus,
  IconCalendarPlus,
  IconCalendarRepeat,
  IconCheck,
  IconDoorEnter,
  IconDots,
  IconPencil,
  IconUserCheck,
  IconUserX,
  IconVideo,
  IconX,
} from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { useNowSeconds } from '../../../../lib/clock.ts';
import { Action, PrimaryAction } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useAcceptOffer } from '../../api/accept-offer.ts';
import { useArrive } from '../../api/arrive-appointment.ts';
import { useCheckIn } from '../../api/check-in-appointment.ts';
import { useConfirmAppointment } from '../../api/confirm-appointment.ts';
import { useDeclineOffer } from '../../api/decline-offer.ts';
import { usePutBackOnWaitlist } from '../../api/put-back-on-waitlist.ts';
import { useStartAppointment } from '../../api/start-appointment.ts';
import { offerUndo } from '../../undo-offer.ts';
import styles from './appointment-actions.module.css';
import { appointmentSteps, type Step } from './appointment-steps.ts';
import { useWhen } from './when.ts';

// Opened seldom: not a part of any first screen.
const CancelAppointmentDialog = lazy(async () => ({
  default: (await import('./cancel-appointment-dialog.tsx')).CancelAppointmentDialog,
}));
const NoShowDialog = lazy(async () => ({ default: (await import('./no-show-dialog.tsx')).NoShowDialog }));
const PlaceDialog = lazy(async () => ({ default: (await import('../../booking/place-dialog.tsx')).PlaceDialog }));

interface AppointmentActionsProps {
  readonly appointment: Appointment;
  readonly viewer: Role;
  /** Into the room of the request: it has begun. */
  onEnter?: ((requestId: RequestId) => void) | undefined;
  /** Where a waiting request is put on a slot; left out where the caller books in its own way. */
  onBook?: ((requestId: RequestId) => void) | undefined;
  /** In a list only the next step is a large button. */
  readonly isCompact?: boolean | undefined;
}

const ACTORS: Partial<Record<Role, AppointmentActor>> = {
  feldsher: 'station',
  specialist: 'specialist',
  coordinator: 'coordinator',
};

type Asked = 'move' | 'rebook' | 'cancel' | 'miss' | null;

/** Everything this person may do with the appointment now, and nothing else: the next step first, the others on demand. */
export function AppointmentActions({
  appointment,
  viewer,
  onEnter,
  onBook,
  isCompact = false,
}: AppointmentActionsProps) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<Asked>(null);
  const [isMore, setIsMore] = useState(false);
  const moreId = useId();
  const changes = useSteps(appointment, onEnter);
  const now = useNowSeconds();
  const actor = ACTORS[viewer];
  if (actor === undefined) return null;
  const all = appointmentSteps(appointment, actor, now);
  // A coordinator's screens book in their own way, and only the two sides enter a room.
  const isShown = (step: Step) =>
    (step !== 'book' || onBook) && (!['join', 'start', 'write'].includes(step) || onEnter);
  const [first, ...more] = [all.first, ...all.more].filter((step) => step !== undefined && isShown(step)) as Step[];
  if (first === undefined) return null;
  const { shortName } = appointment.patient;

  function press(step: Step) {
    switch (step) {
      case 'move':
      case 'rebook':
      case 'cancel':
      case 'miss':
        setAsked(step);
        break;
      case 'join':
      case 'write':
        onEnter?.(appointment.requestId);
        break;
      case 'book':
        onBook?.(appointment.requestId);
        break;
      default:
        changes.run(step);
    }
  }

  // Where nothing is urgent, nothing is large.
  const isFirstLarge = all.first === first;
  return (
    <div className={styles.actions}>
      <div className={styles.row}>
        {isFirstLarge && !isCompact ? (
          <PrimaryAction key={first} icon={ICONS[first]} isBusy={changes.isPending} onClick={() => press(first)}>
            <StepWords step={first} />
          </PrimaryAction>
        ) : isFirstLarge ? (
          <Action key={first} icon={ICONS[first]} isBusy={changes.isPending} onClick={() => press(first)}>
            <StepWords step={first} />
          </Action>
        ) : null}
        {(more.length > 0 || !isFirstLarge) && (
          <Action
            tone="quiet"
            icon={<IconDots size={20} aria-hidden />}
            aria-expanded={isMore}
            aria-controls={moreId}
            aria-label={t`More for ${shortName}`}
            onClick={() => setIsMore(!isMore)}
          >
            <Trans>More</Trans>
          </Action>
        )}
      </div>
      <div id={moreId} className={styles.row} hidden={!isMore}>
        {isMore &&
          (isFirstLarge ? more : [first, ...more]).map((step) => (
            <Action
              key={step}
              tone={step === 'cancel' ? 'danger' : 'plain'}
              icon={ICONS[step]}
              disabled={changes.isPending}
              onClick={() => press(step)}
            >
              <StepWords step={step} />
            </Action>
          ))}
      </div>
      {changes.error && <ProblemNotice error={changes.error} />}
      <Suspense fallback={null}>
        {asked === 'cancel' && <CancelAppointmentDialog appointment={appointment} onClose={() => setAsked(null)} />}
        {asked === 'miss' && <NoShowDialog appointment={appointment} onClose={() => setAsked(null)} />}
        {(asked === 'move' || asked === 'rebook') && appointment.practitioners[0] && (
          <PlaceDialog
            purpose={{ kind: asked, appointment }}
            practitioner={appointment.practitioners[0]}
            mode={appointment.mode}
            onClose={() => setAsked(null)}
          />
        )}
      </Suspense>
    </div>
  );
}

/** The steps that need no further question. */
function useSteps(appointment: Appointment, onEnter: AppointmentActionsProps['onEnter']) {
  const { t } = useLingui();
  const when = useWhen();
  const { id, version, requestId, patient, startsAt } = appointment;
  const mutations = {
    arrive: useArrive(id),
    check_in: useCheckIn(id),
    start: useStartAppointment(id),
    confirm: useConfirmAppointment(id),
    accept: useAcceptOffer(id),
    decline: useDeclineOffer(id),
    put_back: usePutBackOnWaitlist(id),
  };
  const who = patient.shortName;
  const words = (step: keyof typeof mutations): string => {
    const time = when(startsAt);
    return {
      arrive: t`At the station: ${who}`,
      check_in: t`Ready for the call: ${who}`,
      start: '',
      confirm: t`Confirmed: ${who}, ${time}`,
      accept: t`Booked: ${who}, ${time}`,
      decline: t`Declined: ${who}, ${time}`,
      put_back: t`Back on the waiting list: ${who}`,
    }[step];
  };
  const list = Object.values(mutations);
  return {
    isPending: list.some(({ isPending }) => isPending),
    error: list.find(({ error }) => error !== null)?.error ?? null,
    run(step: keyof typeof mutations) {
      for (const mutation of list) mutation.reset();
      mutations[step].mutate(
        { version },
        {
          onSuccess: ({ receipt }) => {
            if (step === 'start') onEnter?.(requestId);
            else offerUndo(receipt, () => words(step));
          },
        },
      );
    },
  };
}

const ICONS: Record<Step, ReactNode> = {
  join: <IconVideo size={22} aria-hidden />,
  start: <IconVideo size={22} aria-hidden />,
  write: <IconPencil size={22} aria-hidden />,
  check_in: <IconUserCheck size={22} aria-hidden />,
  arrive: <IconDoorEnter size={22} aria-hidden />,
  accept: <IconCheck size={22} aria-hidden />,
  confirm: <IconCheck size={22} aria-hidden />,
  decline: <IconX size={22} aria-hidden />,
  rebook: <IconCalendarRepeat size={22} aria-hidden />,
  book: <IconCalendarPlus size={22} aria-hidden />,
  move: <IconCalendarRepeat size={22} aria-hidden />,
  put_back: <IconArrowBackUp size={22} aria-hidden />,
  miss: <IconUserX size={22} aria-hidden />,
  cancel: <IconCalendarMinus size={22} aria-hidden />,
};

function StepWords({ step }: { step: Step }) {
  switch (step) {
    case 'join':
      return <Trans>Join the call</Trans>;
    case 'start':
      return <Trans>Begin the call</Trans>;
    case 'write':
      return <Trans>Write the answer</Trans>;
    case 'check_in':
      return <Trans>Ready for the call</Trans>;
    case 'arrive':
      return <Trans>The patient is here</Trans>;
    case 'accept':
      return <Trans>Take this time</Trans>;
    case 'decline':
      return <Trans>Let it pass</Trans>;
    case 'confirm':
      return <Trans>Confirm</Trans>;
    case 'rebook':
      return <Trans>Book again</Trans>;
    case 'book':
      return <Trans>Choose a time</Trans>;
    case 'move':
      return <Trans>Move to another time</Trans>;
    case 'put_back':
      return <Trans>Back to the waiting list</Trans>;
    case 'miss':
      return <Trans>Did not take place</Trans>;
    case 'cancel':
      return <Trans>Cancel the appointment</Trans>;
  }
}
