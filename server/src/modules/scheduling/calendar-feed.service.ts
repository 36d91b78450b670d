import { createHash, randomBytes } from 'node:crypto';
import type { AuditActionOf } from '@jaqyn/shared/audit/audit-actions';
import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { FeedId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import { localDate } from '@jaqyn/shared/kernel/time';
import type { CalendarFeed } from '@jaqyn/shared/scheduling/calendar-feed.contract';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { appointmentRepository } from './appointment.repository.ts';
import { listAppointmentViews } from './appointment.view.ts';
import { myRegion } from './appointment-book.ts';
import { calendarFeedRepository } from './calendar-feed.repository.ts';
import { toCalendarText } from './calendar-text.ts';
import { peopleRepository } from './people.repository.ts';
import { spanOfDays } from './schedule-reader.ts';
import type { ScheduleRunner } from './schedule-runner.ts';
import { mayRoster } from './scheduling.policy.ts';

/** What a calendar program is given: the last two weeks and half a year. */
const DAYS_BACK = 14;
const DAYS_AHEAD = 180;
/** A read is noted once an hour: programs ask every few minutes, and each note is a write. */
const NOTE_MS = 3_600_000;

/** Addresses by which calendar programs read a specialist's appointments. */
export class CalendarFeedService {
  readonly #runner: ScheduleRunner;

  constructor({ runner }: { runner: ScheduleRunner }) {
    this.#runner = runner;
  }

  list(actor: Actor, practitionerId: PractitionerId): Promise<CalendarFeed[]> {
    return this.#runner.read(async (tx) => {
      await assertMayUse(tx, actor, practitionerId);
      return calendarFeedRepository.list(tx, practitionerId);
    });
  }

  /** The secret part is told once and stored nowhere; the same id again answers the feed without it. */
  create(
    actor: Actor,
    practitionerId: PractitionerId,
    { id, label }: { id: FeedId; label: string },
  ): Promise<{ feed: CalendarFeed; path: string | null }> {
    // Outside of the unit of work, which may run again.
    const token = randomBytes(32).toString('base64url');
    return this.#runner.change(actor, async ({ tx, at }) => {
      await assertMayUse(tx, actor, practitionerId);
      const stored = await calendarFeedRepository.find(tx, id);
      if (stored !== undefined) {
        if (stored.practitionerId !== practitionerId || stored.label !== label)
          throw new DomainError('idempotency.key_reused');
        return { feed: stored, path: null };
      }
      const feed: CalendarFeed = { id, practitionerId, label, createdAt: at, revokedAt: null, lastReadAt: null };
      await calendarFeedRepository.insert(tx, { ...feed, tokenHash: hashOf(token), createdBy: actor.userId });
      await auditFeed(tx, actor, at, 'create', id, practitionerId);
      return { feed, path: `/api/calendar/${token}.ics` };
    });
  }

  /** It stops working at once; again is harmless. Throws `feed.not_found`. */
  revoke(actor: Actor, practitionerId: PractitionerId, id: FeedId): Promise<void> {
    return this.#runner.change(actor, async ({ tx, at }) => {
      await assertMayUse(tx, actor, practitionerId);
      const feed = await calendarFeedRepository.find(tx, id);
      if (feed === undefined || feed.practitionerId !== practitionerId) throw new DomainError('feed.not_found');
      if (feed.revokedAt !== null) return;
      await calendarFeedRepository.revoke(tx, id, at);
      await auditFeed(tx, actor, at, 'revoke', id, practitionerId);
    });
  }

  /** The calendar of a token. Throws `feed.not_found` for a wrong and a revoked one alike. */
  async read(token: string, language: Language): Promise<string> {
    const found = await this.#runner.read(async (tx, at) => {
      const feed = await calendarFeedRepository.findByToken(tx, hashOf(token));
      if (feed === undefined) throw new DomainError('feed.not_found');
      const practitioner = await peopleRepository.findPractitioner(tx, feed.practitionerId);
      const today = localDate(at);
      const span = spanOfDays(addDays(today, -DAYS_BACK), addDays(today, DAYS_AHEAD));
      const ids = await appointmentRepository.listOfPractitioners(tx, [feed.practitionerId], span);
      const appointments = await listAppointmentViews(tx, ids);
      return { feed, at, name: practitioner?.displayName ?? '', appointments };
    });
    const { feed, at } = found;
    if (feed.lastReadAt === null || Date.parse(at) - Date.parse(feed.lastReadAt) > NOTE_MS) {
      await this.#runner.change(null, ({ tx }) => calendarFeedRepository.noteRead(tx, feed.id, at));
    }
    return toCalendarText(found.name, found.appointments, language);
  }
}

/** Their own, or as the coordinator of their rosters. */
async function assertMayUse(tx: Tx, actor: Actor, practitionerId: PractitionerId): Promise<void> {
  const practitioner = await peopleRepository.findPractitioner(tx, practitionerId);
  const isOwn = actor.role === 'specialist' && actor.practitionerId === practitionerId;
  if (practitioner === undefined || !(isOwn || mayRoster(actor, practitioner, await myRegion(tx, actor)))) {
    throw new DomainError('practitioner.not_found');
  }
}

function auditFeed(
  tx: Tx,
  actor: Actor,
  at: Parameters<typeof auditLog.append>[1]['at'],
  event: AuditActionOf<'calendar_feed'>,
  id: FeedId,
  practitionerId: PractitionerId,
): Promise<void> {
  return auditLog.append(tx, {
    at,
    actor,
    action: `calendar_feed.${event}`,
    entityType: 'calendar_feed',
    entityId: id,
    detail: { practitionerId },
  });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
