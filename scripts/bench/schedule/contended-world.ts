import { createHash, randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { newId } from '../../../server/src/kernel/ids.ts';
import type { RequestId, UserId } from '../../../shared/src/kernel/ids.ts';
import { type Instant, localDate, toInstant } from '../../../shared/src/kernel/time.ts';
import { addDays, minuteAt } from '../../../shared/src/scheduling/local-day.ts';
import type { Facts, Target } from './history.ts';
import { LONG_AGO, Rows } from './rows.ts';

/** Somebody at a browser: signed in, at a station or for the whole country. */
export interface Client {
  readonly number: number;
  readonly cookie: string;
  /** What this one may book for. */
  readonly requests: readonly RequestId[];
}

export interface ContendedWorld {
  readonly clients: readonly Client[];
  readonly requests: readonly RequestId[];
  /** Everything that can be booked. */
  readonly targets: readonly Target[];
  readonly facts: Facts;
}

/** Slots of twenty, twenty-five, thirty and forty minutes lie across each other, so that a patient is wanted twice without being wanted on one slot. */
const SLOT_MINUTES = [20, 25, 30, 40];
/** One camera, two, three: the first two stations are the narrow place of half of all requests. */
const CAMERAS = [1, 1, 2, 3];
const PATIENTS_PER_STATION = 5;
const REQUESTS_PER_PATIENT = 3;
const DAYS = 2;
const OPEN = { from: 9 * 60, to: 12 * 60 };

/** Four specialists, four stations, twenty patients with three requests each: two hundred clients have to meet. */
export function buildContendedWorld(database: Database, clients: number): ContendedWorld {
  const rows = new Rows(database);
  database.exec('BEGIN');
  const coordinator = rows.user('coordinator', 'coordinator-of-rosters');
  const organizationId = rows.organization('Облыстық аурухана', 'zhambyl');
  const specialty = rows.specialty('cardiology');
  const service = rows.service(specialty, 'video', { slotMinutes: 20, stationMayBook: true });
  // Far enough ahead that no slot passes while the bench runs.
  const firstDay = addDays(localDate(toInstant(new Date())), 14);
  const targets = SLOT_MINUTES.flatMap((slotMinutes, n) => {
    const practitionerId = rows.practitioner(specialty, organizationId, `Дәрігер ${n}`);
    rows.template({
      practitionerId,
      service,
      mode: 'video',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      startMinute: OPEN.from,
      endMinute: OPEN.to,
      slotMinutes,
      worksOnHolidays: true,
      validFrom: addDays(firstDay, -20),
      createdBy: coordinator,
    });
    return Array.from({ length: DAYS }, (_, day) =>
      Array.from({ length: Math.floor((OPEN.to - OPEN.from) / slotMinutes) }, (_, slot): Target => {
        const from = minuteAt(addDays(firstDay, day), OPEN.from + slot * slotMinutes);
        return { practitionerId, span: { from, to: from + slotMinutes } };
      }),
    ).flat();
  });

  const facts = new Map<string, ReturnType<Facts['of']>>();
  const stations = CAMERAS.map((cameras, n) => {
    const id = rows.station(organizationId, `Ауыл ${n}`, { cameras, equipment: [] });
    const feldsher = rows.user('feldsher', `feldsher-of-requests-${n}`, { stationId: id });
    const requests = Array.from({ length: PATIENTS_PER_STATION }, (_, k) => {
      const patientId = rows.patient(id, `Жақсыбекова ${n}-${k}`);
      return Array.from({ length: REQUESTS_PER_PATIENT }, (): RequestId => {
        const requestId = rows.request({
          status: 'accepted',
          specialty,
          patientId,
          stationId: id,
          requestedBy: feldsher,
          practitionerId: null,
          createdAt: LONG_AGO,
        });
        facts.set(requestId, { patientId, stationId: id, cameras });
        return requestId;
      });
    }).flat();
    return { id, requests };
  });
  const all = stations.flatMap(({ requests }) => requests);
  const people = Array.from({ length: clients }, (_, number): Client => {
    // Half of them coordinators, who see everything; the others at the stations in turn.
    if (number % 2 === 0) {
      return { number, cookie: signIn(rows, rows.user('coordinator', `coordinator-${number}`)), requests: all };
    }
    const station = stations[Math.floor(number / 2) % stations.length];
    if (station === undefined) throw new Error('there are no stations');
    const user = rows.user('feldsher', `feldsher-${number}`, { stationId: station.id });
    return { number, cookie: signIn(rows, user), requests: station.requests };
  });
  database.exec('COMMIT');
  const of: Facts['of'] = (requestId) => {
    const found = facts.get(requestId);
    if (found === undefined) throw new Error(`there is no request ${requestId}`);
    return found;
  };
  return { clients: people, requests: all, targets, facts: { of } };
}

/** A session as signing in makes it, without two hundred passwords. */
function signIn(rows: Rows, userId: UserId): string {
  const token = randomBytes(32).toString('base64url');
  const now = Date.now();
  rows.insert('session', {
    id: newId<string>(),
    token_hash: createHash('sha256').update(token).digest('hex'),
    user_id: userId,
    created_at: toInstant(new Date(now)) satisfies Instant,
    expires_at: toInstant(new Date(now + 12 * 3_600_000)),
    ended_at: null,
  });
  return `jaqyn=${token}`;
}
