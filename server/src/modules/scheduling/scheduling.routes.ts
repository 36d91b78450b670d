import type { FastifyInstance } from 'fastify';
import { appointmentRoutes } from './appointment.routes.ts';
import { boardRoutes } from './board.routes.ts';
import { calendarFeedRoutes } from './calendar-feed.routes.ts';
import { rosterRoutes } from './roster.routes.ts';
import { scheduleSetupRoutes } from './schedule-setup.routes.ts';
import type { Scheduling } from './scheduling.ts';
import { waitlistRoutes } from './waitlist.routes.ts';

/** Every route of scheduling, a file for each noun. */
export function schedulingRoutes(app: FastifyInstance, scheduling: Scheduling): void {
  appointmentRoutes(app, scheduling);
  waitlistRoutes(app, scheduling);
  boardRoutes(app, scheduling);
  rosterRoutes(app, scheduling);
  scheduleSetupRoutes(app, scheduling);
  calendarFeedRoutes(app, scheduling);
}
