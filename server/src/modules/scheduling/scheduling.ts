import type { Store } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { EventBus } from '../../kernel/event-bus.ts';
import { noticeBook } from '../notices/notice-book.ts';
import type { Presence, StaffService } from '../staff/staff.service.ts';
import { AppointmentService } from './appointment.service.ts';
import { AppointmentBook } from './appointment-book.ts';
import { BoardService } from './board.service.ts';
import { BookingService } from './booking.service.ts';
import { CalendarFeedService } from './calendar-feed.service.ts';
import { DayEndService } from './day-end.service.ts';
import { DayListService } from './day-list.service.ts';
import { EarliestService } from './earliest.service.ts';
import { HealthcareServiceService } from './healthcare-service.service.ts';
import { KitService } from './kit.service.ts';
import type { RequestLife } from './request-life.ts';
import { RosterService } from './roster.service.ts';
import { RosterChanger } from './roster-changer.ts';
import { RosterExceptionService } from './roster-exception.service.ts';
import { RosterImportService } from './roster-import.service.ts';
import { ScheduleAudienceService } from './schedule-audience.service.ts';
import { ScheduleRunner } from './schedule-runner.ts';
import { ScheduleUpkeepService } from './schedule-upkeep.service.ts';
import { SeriesService } from './series.service.ts';
import { SpecialDayService } from './special-day.service.ts';
import { UnplacedService } from './unplaced.service.ts';
import { WaitlistService } from './waitlist.service.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly staff: StaffService;
  readonly presence: Presence;
  /** The requests' side of an appointment; the consultations module fills it. */
  readonly requests: RequestLife;
}

export type Scheduling = ReturnType<typeof createScheduling>;

/** The services of scheduling, connected: they share one runner and one book, which nobody else gets. */
export function createScheduling({ store, clock, bus, staff, presence, requests }: Dependencies) {
  const runner = new ScheduleRunner({ store, clock, bus, notices: noticeBook });
  const book = new AppointmentBook({ requests });
  const bookings = new BookingService({ runner, book });
  const waitlist = new WaitlistService({ runner, book });
  const changer = new RosterChanger({ runner, book, bookings, staff });
  return {
    bookings,
    appointments: new AppointmentService({ runner, book }),
    series: new SeriesService({ runner, book, requests }),
    waitlist,
    unplaced: new UnplacedService({ runner }),
    boards: new BoardService({ runner }),
    earliest: new EarliestService({ runner, book, staff, presence }),
    dayLists: new DayListService({ runner }),
    dayEnds: new DayEndService({ runner, staff }),
    rosters: new RosterService({ runner, changer }),
    rosterExceptions: new RosterExceptionService({ runner, changer }),
    rosterImports: new RosterImportService({ runner }),
    healthcareServices: new HealthcareServiceService({ runner, staff }),
    specialDays: new SpecialDayService({ runner }),
    kits: new KitService({ runner }),
    feeds: new CalendarFeedService({ runner }),
    audience: new ScheduleAudienceService({ store }),
    upkeep: new ScheduleUpkeepService({ runner, book, waitlist, staff }),
  };
}
