import {
  arriveAppointment,
  bookAppointment,
  bookSeries,
  cancelAppointment,
  checkInAppointment,
  checkPlacement,
  confirmAppointment,
  getAppointment,
  holdSlot,
  listPatientAppointments,
  missAppointment,
  moveAppointment,
  planSeries,
  rebookAppointment,
  releaseSlot,
  startAppointment,
  undoOperation,
} from '@jaqyn/shared/scheduling/appointment.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { Scheduling } from './scheduling.ts';

const CLINICAL = ['feldsher', 'specialist', 'coordinator'] as const;
const PLACING = ['feldsher', 'coordinator'] as const;

/** Slots held, appointments placed and their life. */
export function appointmentRoutes(app: FastifyInstance, { bookings, appointments, series }: Scheduling): void {
  route(app, holdSlot, PLACING, async ({ params, body }, request) =>
    bookings.hold(actorOf(request), params.holdId, body),
  );
  route(app, releaseSlot, PLACING, async ({ params }, request) => {
    await bookings.release(actorOf(request), params.holdId);
    return { released: true as const };
  });
  route(app, checkPlacement, PLACING, async ({ body }, request) => bookings.check(actorOf(request), body));
  route(app, bookAppointment, PLACING, async ({ body }, request) => bookings.bookSlot(actorOf(request), body));
  route(app, moveAppointment, PLACING, async ({ params, body }, request) =>
    bookings.move(actorOf(request), params.appointmentId, body),
  );
  route(app, confirmAppointment, ['coordinator'], async ({ params, body }, request) =>
    bookings.confirm(actorOf(request), params.appointmentId, body),
  );

  route(app, getAppointment, CLINICAL, async ({ params }, request) =>
    appointments.getAppointment(actorOf(request), params.appointmentId),
  );
  route(app, listPatientAppointments, CLINICAL, async ({ params }, request) => ({
    appointments: await appointments.listOfPatient(actorOf(request), params.patientId),
  }));
  route(app, cancelAppointment, PLACING, async ({ params, body }, request) =>
    appointments.cancel(actorOf(request), params.appointmentId, body),
  );
  route(app, arriveAppointment, ['feldsher'], async ({ params, body }, request) =>
    appointments.arrive(actorOf(request), params.appointmentId, body),
  );
  route(app, checkInAppointment, ['feldsher'], async ({ params, body }, request) =>
    appointments.checkIn(actorOf(request), params.appointmentId, body),
  );
  route(app, startAppointment, ['feldsher', 'specialist'], async ({ params, body }, request) =>
    appointments.start(actorOf(request), params.appointmentId, body),
  );
  route(app, missAppointment, CLINICAL, async ({ params, body }, request) =>
    appointments.miss(actorOf(request), params.appointmentId, body),
  );
  route(app, rebookAppointment, PLACING, async ({ params, body }, request) =>
    appointments.rebook(actorOf(request), params.appointmentId, body),
  );
  route(app, undoOperation, CLINICAL, async ({ params }, request) =>
    appointments.undo(actorOf(request), params.operationId),
  );

  route(app, planSeries, PLACING, async ({ body }, request) => ({ items: await series.plan(actorOf(request), body) }));
  route(app, bookSeries, PLACING, async ({ body }, request) => series.bookSeries(actorOf(request), body));
}
