/** What a person is offered for an appointment: exactly what the machine allows them, in the order in which it is needed. */
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import {
  type AppointmentActor,
  type AppointmentEvent,
  possibleAppointmentEvents,
} from '@jaqyn/shared/scheduling/appointment.machine';

export type Step =
  | 'join'
  | 'start'
  | 'write'
  | 'check_in'
  | 'arrive'
  | 'accept'
  | 'decline'
  | 'confirm'
  | 'rebook'
  | 'book'
  | 'move'
  | 'put_back'
  | 'miss'
  | 'cancel';

export interface Steps {
  /** The one to press now; undefined when nothing has to be done. */
  readonly first: Step | undefined;
  readonly more: readonly Step[];
}

type Facts = Pick<Appointment, 'status' | 'requestStatus' | 'startsAt' | 'replacedById' | 'mode'>;

/** Events that a screen asks for in its own way, and events of nobody who sits at a screen. */
const STEP_OF: Partial<Record<AppointmentEvent, Step>> = {
  check_in: 'check_in',
  arrive: 'arrive',
  accept: 'accept',
  decline: 'decline',
  confirm: 'confirm',
  book: 'book',
  ask: 'book',
  move: 'move',
  put_back: 'put_back',
  miss: 'miss',
  cancel: 'cancel',
};
const ORDER: readonly Step[] = [
  'join',
  'start',
  'write',
  'accept',
  'confirm',
  'rebook',
  'book',
  'check_in',
  'arrive',
  'decline',
  'move',
  'put_back',
  'miss',
  'cancel',
];
/** What may stand alone as a large button. */
const FIRST: readonly Step[] = ['join', 'start', 'write', 'accept', 'confirm', 'rebook', 'book', 'check_in', 'arrive'];
/** Steps of a visit: for an answer in writing nobody comes. */
const VISITING: readonly Step[] = ['arrive', 'check_in', 'miss'];
const TALKING = ['in_call', 'interrupted'];

/** `nowSeconds` are the server's: nobody is missed before the time has come. */
export function appointmentSteps(appointment: Facts, actor: AppointmentActor, nowSeconds: number): Steps {
  const { status, requestStatus, startsAt, replacedById, mode } = appointment;
  const isTalking = TALKING.includes(requestStatus);
  const mayEnter = actor === 'station' || actor === 'specialist';
  const steps = new Set<Step>();
  if (isTalking && mayEnter) steps.add('join');
  if (requestStatus === 'checked_in' && mayEnter) steps.add('start');
  if (requestStatus === 'async_assigned' && actor === 'specialist') steps.add('write');
  if (status === 'noshow' && replacedById === null && actor !== 'specialist' && actor !== 'system') steps.add('rebook');
  const hasBegun = startsAt !== null && Date.parse(startsAt) / 1000 <= nowSeconds;
  for (const event of possibleAppointmentEvents(status, actor)) {
    const step = STEP_OF[event];
    if (step === undefined || (step === 'miss' && !hasBegun)) continue;
    if (mode === 'async' && VISITING.includes(step)) continue;
    // Who talks is neither missed, moved nor cancelled.
    if (isTalking && step !== 'accept' && step !== 'confirm') continue;
    steps.add(step);
  }
  const sorted = ORDER.filter((step) => steps.has(step));
  const first = sorted.find((step) => FIRST.includes(step));
  return { first, more: sorted.filter((step) => step !== first) };
}
