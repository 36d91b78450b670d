import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { PractitionerId, StationId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import {
  type AppointmentActor,
  type AppointmentEvent,
  nextAppointmentState,
} from '@jaqyn/shared/scheduling/appointment.machine';
import type { DayListEntry } from '@jaqyn/shared/scheduling/board.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { machineActor } from '../../kernel/machine-actor.ts';
import { appointmentRepository } from './appointment.repository.ts';
import { listAppointmentViews } from './appointment.view.ts';
import { myRegion } from './appointment-book.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import { peopleRepository } from './people.repository.ts';
import { spanOfDays } from './schedule-reader.ts';
import type { ScheduleRunner } from './schedule-runner.ts';

type Next = DayListEntry['next'][number];

/** The day of a station or of a specialist: what is next, what is missing, what to do. */
export class DayListService {
  readonly #runner: ScheduleRunner;

  constructor({ runner }: { runner: ScheduleRunner }) {
    this.#runner = runner;
  }

  /** A station and a specialist see their own day; a coordinator says whose. Throws `request.invalid` when they do not. */
  list(
    actor: Actor,
    query: { day: CalendarDate; practitionerId?: PractitionerId | undefined; stationId?: StationId | undefined },
  ): Promise<DayListEntry[]> {
    const span = spanOfDays(query.day, query.day);
    const requestsOf = (entries: DayListEntry[]) => entries.map(({ appointment }) => appointment.requestId);
    return this.#runner.show(actor, requestsOf, async (tx, at) => {
      const whose = whoseDay(actor, query);
      const ids =
        'stationId' in whose
          ? await appointmentRepository.listOfStation(tx, whose.stationId, span)
          : await appointmentRepository.listOfPractitioners(tx, [whose.practitionerId], span);
      const views = await onlyVisible(tx, actor, await listAppointmentViews(tx, ids));
      const requestIds = views.map(({ requestId }) => requestId);
      const measured = await peopleRepository.listMeasured(tx, requestIds);
      const consented = await peopleRepository.listConsented(tx, requestIds);
      const kits = await peopleRepository.listKits(tx, [...new Set(views.map(({ station }) => station.id))]);
      const services = new Map((await healthcareServiceRepository.list(tx)).map((service) => [service.code, service]));
      const part = machineActor(actor);
      return views
        .sort((a, b) => ((a.startsAt ?? '') < (b.startsAt ?? '') ? -1 : 1))
        .map((appointment): DayListEntry => {
          const missing: DayListEntry['missing'] = [];
          const isToCome = isIn(appointment.requestStatus, [
            'accepted',
            'waitlisted',
            'booked',
            'checked_in',
            'async_assigned',
          ]);
          const needed =
            appointment.service === null ? [] : (services.get(appointment.service)?.requiredEquipment ?? []);
          const has = kits.get(appointment.station.id)?.equipment ?? [];
          if (isToCome && appointment.status === 'pending') missing.push('confirmation');
          if (isToCome && !consented.has(appointment.requestId)) missing.push('consent');
          if (isToCome && !measured.has(appointment.requestId)) missing.push('vitals');
          if (isToCome && needed.some((item) => !has.includes(item))) missing.push('equipment');
          const isLate = (appointment.startsAt ?? '') <= at;
          if (appointment.mode === 'video' && ['booked', 'arrived'].includes(appointment.status) && isLate)
            missing.push('check_in');
          return { appointment, missing, next: part === undefined ? [] : nextSteps(appointment, part, at) };
        });
    });
  }
}

function whoseDay(
  actor: Actor,
  query: { practitionerId?: PractitionerId | undefined; stationId?: StationId | undefined },
): { stationId: StationId } | { practitionerId: PractitionerId } {
  if (actor.role === 'feldsher' && actor.stationId !== null) return { stationId: actor.stationId };
  if (actor.role === 'specialist' && actor.practitionerId !== null) return { practitionerId: actor.practitionerId };
  if (query.practitionerId !== undefined) return { practitionerId: query.practitionerId };
  if (query.stationId !== undefined) return { stationId: query.stationId };
  throw new DomainError('request.invalid', { fields: [{ path: 'practitionerId', code: 'required' }] });
}

async function onlyVisible(tx: Tx, actor: Actor, views: readonly Appointment[]): Promise<Appointment[]> {
  const mine = await myRegion(tx, actor);
  if (mine === undefined) return [...views];
  const regions = await peopleRepository.listStationRegions(tx, [...new Set(views.map(({ station }) => station.id))]);
  return views.filter(({ station }) => regions.get(station.id) === mine);
}

/** What the person can do with it now, the most likely first. */
function nextSteps(appointment: Appointment, actor: AppointmentActor, at: Instant): Next[] {
  const { status, requestStatus, startsAt } = appointment;
  const can = (event: AppointmentEvent) => nextAppointmentState(status, event, actor) !== undefined;
  const hasBegun = startsAt !== null && startsAt <= at;
  const isOn = isIn(requestStatus, ['in_call', 'interrupted']);
  const steps: Next[] = [];
  if (isOn && (actor === 'station' || actor === 'specialist')) steps.push('join');
  if (requestStatus === 'checked_in' && (actor === 'station' || actor === 'specialist')) steps.push('start');
  if (can('confirm')) steps.push('confirm');
  if (can('accept')) steps.push('accept');
  const isVisit = appointment.mode === 'video';
  if (can('check_in') && isVisit) steps.push('check_in');
  if (can('arrive') && isVisit) steps.push('arrive');
  if (can('miss') && isVisit && hasBegun && !isOn) steps.push('no_show');
  if (status === 'noshow' && appointment.replacedById === null && actor !== 'specialist') steps.push('rebook');
  return steps;
}
