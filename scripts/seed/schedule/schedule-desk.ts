import type { Store, Tx } from '../../../server/src/db/store.ts';
import type { Actor } from '../../../server/src/kernel/actor.ts';
import type { Clock } from '../../../server/src/kernel/clock.ts';
import { EventBus } from '../../../server/src/kernel/event-bus.ts';
import { BookedRequestService } from '../../../server/src/modules/consultations/booked-request.service.ts';
import { AppointmentService } from '../../../server/src/modules/scheduling/appointment.service.ts';
import { AppointmentBook } from '../../../server/src/modules/scheduling/appointment-book.ts';
import { BookingService } from '../../../server/src/modules/scheduling/booking.service.ts';
import { KitService } from '../../../server/src/modules/scheduling/kit.service.ts';
import { ScheduleRunner } from '../../../server/src/modules/scheduling/schedule-runner.ts';
import { ScheduleUpkeepService } from '../../../server/src/modules/scheduling/schedule-upkeep.service.ts';
import { SpecialDayService } from '../../../server/src/modules/scheduling/special-day.service.ts';
import { WaitlistService } from '../../../server/src/modules/scheduling/waitlist.service.ts';
import { StaffService } from '../../../server/src/modules/staff/staff.service.ts';
import { toInstant } from '../../../shared/src/kernel/time.ts';
import type { UserPlan } from '../build/staff.ts';

/** The services of scheduling inside the seed's own unit of work, at whatever time it is in the demo's story. */
export function openScheduleDesk(tx: Tx) {
  let now = new Date(0);
  const clock: Clock = { now: () => now, instant: () => toInstant(now) };
  // Everything is one unit of work: all of the demo or nothing.
  const store: Store = {
    transaction: (work) => work(tx),
    read: (work) => work(tx),
    close: () => Promise.resolve(),
  };
  const bus = new EventBus({ error: () => undefined });
  const runner = new ScheduleRunner({ store, clock, bus });
  const book = new AppointmentBook({ requests: new BookedRequestService() });
  const staff = new StaffService({ store, clock, presence: { isOnline: () => false } });
  const waitlist = new WaitlistService({ runner, book });
  return {
    tx,
    setTime: (at: Date) => {
      now = at;
    },
    bookings: new BookingService({ runner, book }),
    appointments: new AppointmentService({ runner, book }),
    waitlist,
    kits: new KitService({ runner }),
    specialDays: new SpecialDayService({ runner }),
    upkeep: new ScheduleUpkeepService({ runner, book, waitlist, staff }),
  };
}
export type SeedDesk = ReturnType<typeof openScheduleDesk>;

/** A demo user as the services know who asks. */
export function actorOf(user: UserPlan): Actor {
  const { id, login, displayName, role, language, stationId, practitionerId } = user;
  return {
    userId: id,
    sessionId: 'seed',
    sessionExpiresAt: user.createdAt,
    login,
    displayName,
    role,
    language,
    stationId,
    practitionerId,
    specialty: null,
  } as Actor;
}
