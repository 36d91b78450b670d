import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { FeedId, PractitionerId } from '../kernel/ids.ts';
import { requiredText } from '../kernel/text.ts';
import { Instant } from '../kernel/time.ts';

/** An address another calendar program reads a specialist's appointments from; no patient is named there. */
export const CalendarFeed = z.object({
  id: FeedId,
  practitionerId: PractitionerId,
  /** Where it is used, in the owner's words. */
  label: z.string(),
  createdAt: Instant,
  revokedAt: z.nullable(Instant),
  lastReadAt: z.nullable(Instant),
});
export type CalendarFeed = z.infer<typeof CalendarFeed>;

const ofPractitioner = z.object({ practitionerId: PractitionerId });

export const listCalendarFeeds = endpoint({
  method: 'GET',
  path: '/api/practitioners/:practitionerId/calendar-feeds',
  summary: 'Calendar addresses of a specialist, the secret part is not shown again',
  params: ofPractitioner,
  response: z.object({ feeds: z.array(CalendarFeed) }),
});

export const createCalendarFeed = endpoint({
  method: 'POST',
  path: '/api/practitioners/:practitionerId/calendar-feeds',
  summary: 'A new calendar address; it is told once',
  params: ofPractitioner,
  body: z.object({ id: FeedId, label: requiredText(60) }),
  response: z.object({
    feed: CalendarFeed,
    /** `/api/calendar/….ics`; null when the same id was sent before: the secret part is not stored. */
    path: z.nullable(z.string()),
  }),
});

export const revokeCalendarFeed = endpoint({
  method: 'DELETE',
  path: '/api/practitioners/:practitionerId/calendar-feeds/:feedId',
  summary: 'The address stops working at once; again is harmless',
  params: z.object({ practitionerId: PractitionerId, feedId: FeedId }),
  response: z.object({ revoked: z.literal(true) }),
});
