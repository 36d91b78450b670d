import type { Store } from '../../../server/src/db/store.ts';
import type { Clock } from '../../../server/src/kernel/clock.ts';
import { EventBus } from '../../../server/src/kernel/event-bus.ts';
import { createLogger } from '../../../server/src/kernel/logger.ts';
import { BookedRequestService } from '../../../server/src/modules/consultations/booked-request.service.ts';
import { AppointmentBook } from '../../../server/src/modules/scheduling/appointment-book.ts';
import { BoardService } from '../../../server/src/modules/scheduling/board.service.ts';
import { BookingService } from '../../../server/src/modules/scheduling/booking.service.ts';
import { DayListService } from '../../../server/src/modules/scheduling/day-list.service.ts';
import { EarliestService } from '../../../server/src/modules/scheduling/earliest.service.ts';
import { RosterService } from '../../../server/src/modules/scheduling/roster.service.ts';
import { RosterChanger } from '../../../server/src/modules/scheduling/roster-changer.ts';
import { ScheduleRunner } from '../../../server/src/modules/scheduling/schedule-runner.ts';
import { ScheduleUpkeepService } from '../../../server/src/modules/scheduling/schedule-upkeep.service.ts';
import { WaitlistService } from '../../../server/src/modules/scheduling/waitlist.service.ts';
import { StaffService } from '../../../server/src/modules/staff/staff.service.ts';

/** The services that are measured, on a real store, as the server makes them. */
export function composeSchedule(store: Store, clock: Clock) {
  const bus = new EventBus(createLogger({ level: 'silent', pretty: false }));
  const presence = { isOnline: () => true };
  const staff = new StaffService({ store, clock, presence });
  const runner = new ScheduleRunner({ store, clock, bus });
  const book = new AppointmentBook({ requests: new BookedRequestService() });
  const bookings = new BookingService({ runner, book });
  const waitlist = new WaitlistService({ runner, book });
  return {
    bookings,
    boards: new BoardService({ runner }),
    earliest: new EarliestService({ runner, book, staff, presence }),
    dayLists: new DayListService({ runner }),
    rosters: new RosterService({ runner, changer: new RosterChanger({ runner, book, bookings, staff }) }),
    upkeep: new ScheduleUpkeepService({ runner, book, waitlist, staff }),
  };
}
