import type { Store, Tx } from '../../server/src/db/store.ts';
import { DomainError } from '../../server/src/kernel/domain-error.ts';
import { auditLog } from '../../server/src/modules/audit/audit-log.ts';
import type { RequestId } from '../../shared/src/kernel/ids.ts';
import type { Instant } from '../../shared/src/kernel/time.ts';
import { type CalendarDate, localDate, toInstant } from '../../shared/src/kernel/time.ts';
import { buildDemoData, type DemoData } from './build/demo-data.ts';
import { rosterDays, rosterShifts } from './build/roster.ts';
import { DEMO_PASSWORD } from './demo-accounts.ts';
import { addDays, DEMO_EPOCH, demoId, localTime } from './demo-id.ts';
import type { UserRow } from './rows.ts';
import { tellSchedule } from './schedule/tell-schedule.ts';
import { seedRepository } from './seed.repository.ts';
import { signStored } from './sign-stored.ts';

const LATE_MORNING = 11 * 60;
/** So far the roster is carried on at most: the end of the week after this one. */
const ROLLED_DAYS = 14;

export type SeedOutcome =
  | { readonly kind: 'seeded'; readonly counts: Readonly<Record<string, number>> }
  /** The demo was there; these shifts were added so that somebody is on call now. */
  | { readonly kind: 'rolled'; readonly shifts: number }
  | { readonly kind: 'unchanged' };

/** The database holds somebody's real work. `found` says what, in counts. */
export class SeedRefused extends DomainError {
  readonly found: string;

  constructor(found: Readonly<Record<string, number>>) {
    super('seed.refused');
    this.name = 'SeedRefused';
    this.found = Object.entries(found)
      .filter(([, rows]) => rows > 0)
      .map(([name, rows]) => `${name}: ${rows}`)
      .join(', ');
  }
}

/**
 * Adds the demo to an empty database; where it is in already, only carries its roster on into the week of `today` and the
 * one after. Throws {@link SeedRefused} where anything real is, and then has changed nothing.
 */
export async function seedDemo({
  store,
  today,
  hashPassword,
  now = () => new Date(),
}: {
  store: Store;
  today: CalendarDate;
  hashPassword: (password: string) => Promise<string>;
  now?: () => Date;
}): Promise<SeedOutcome> {
  // Looked at first, so that nobody waits for seventy hashes to hear a no.
  if (await store.read(isSeededOrEmpty)) return rollRoster(store, today, toInstant(now()));

  const data = buildDemoData(today, storyNow(today, now()));
  const users = await hashAll(data.users, hashPassword);
  const isAdded = await store.transaction(async (tx) => {
    if (await isSeededOrEmpty(tx)) return false;
    await seedRepository.insertDemo(tx, data, users);
    const hashes = await signConclusions(tx, data);
    await tellSchedule(
      tx,
      data,
      data.audit.map((entry) => {
        const sha256 = entry.action === 'consultation.sign' ? hashes.get(entry.entityId) : undefined;
        return sha256 === undefined ? entry : { ...entry, detail: { ...entry.detail, sha256 } };
      }),
    );
    return true;
  });
  if (!isAdded) return { kind: 'unchanged' };
  return {
    kind: 'seeded',
    counts: {
      stations: data.stations.length,
      specialists: data.practitioners.length,
      users: data.users.length,
      patients: data.patients.length,
      consultations: data.consultations.length,
      appointments: data.schedule.requests.length,
      shifts: data.shifts.length,
    },
  };
}

/** True: the demo is in. False: nothing is. Anything else throws. */
async function isSeededOrEmpty(tx: Tx): Promise<boolean> {
  const real = await seedRepository.countReal(tx);
  if (Object.values(real).some((rows) => rows > 0)) throw new SeedRefused(real);
  if (await seedRepository.isSeeded(tx)) return true;
  const places = await seedRepository.countPlaces(tx);
  if (Object.values(places).some((rows) => rows > 0)) throw new SeedRefused(places);
  return false;
}

/** Demo data ages: fills the days of the current and the next week that have no shift of a specialty yet. */
async function rollRoster(store: Store, today: CalendarDate, at: Instant): Promise<SeedOutcome> {
  const wanted = rosterShifts(rosterDays(today));
  const first = wanted[0]?.startsAt;
  if (first === undefined) return { kind: 'unchanged' };
  const listMissing = async (tx: Tx) => {
    const there = new Set(
      (await seedRepository.listShiftStarts(tx, first)).map(({ specialty, startsAt }) => `${specialty} ${startsAt}`),
    );
    return wanted.filter(({ specialty, startsAt }) => !there.has(`${specialty} ${startsAt}`));
  };
  if ((await store.read(listMissing)).length === 0) return { kind: 'unchanged' };
  const shifts = await store.transaction(async (tx) => {
    const added = await seedRepository.addShifts(tx, await listMissing(tx));
    if (added > 0) {
      await auditLog.append(tx, {
        at,
        actor: null,
        action: 'database.roll_demo_roster',
        entityType: 'database',
        entityId: 'demo',
        detail: { today, shifts: added },
      });
      await renewLicences(tx, addDays(today, ROLLED_DAYS), at);
    }
    return added;
  });
  return shifts === 0 ? { kind: 'unchanged' } : { kind: 'rolled', shifts };
}

/** Nobody rings whose licence has ended: a demo that is carried on goes on with the next one. */
async function renewLicences(tx: Tx, until: CalendarDate, at: Instant): Promise<void> {
  const next = (await seedRepository.listEndingLicences(tx, until)).map((ending) => ({
    ...ending,
    id: demoId<string>(`licence after ${ending.id}`, DEMO_EPOCH),
    number: `${ending.number}-1`,
    validFrom: addDays(ending.validTo as CalendarDate, 1),
    validTo: addDays(until, 900),
    enteredAt: at,
  }));
  await seedRepository.addLicences(tx, next);
  for (const { id, practitionerId, validFrom, validTo } of next) {
    await auditLog.append(tx, {
      at,
      actor: null,
      action: 'practitioner.add_licence',
      entityType: 'practitioner',
      entityId: practitionerId,
      detail: { licenceId: id, validFrom, validTo },
    });
  }
}

/** Of a day that is over the story is told as far as its late morning. */
function storyNow(today: CalendarDate, now: Date): Date {
  return localDate(now) === today ? now : localTime(today, LATE_MORNING);
}

/** Signs what was written in calls. Answers the hash by request. */
async function signConclusions(tx: Tx, data: DemoData): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const { request, signedAt } of data.consultations) {
    if (signedAt === undefined) continue;
    hashes.set(request.id, await signStored(tx, request.id as RequestId, signedAt));
  }
  return hashes;
}

/** Each user has a salt of their own. The hash lets two run at a time; four keep those two busy. */
async function hashAll(
  plans: DemoData['users'],
  hashPassword: (password: string) => Promise<string>,
): Promise<UserRow[]> {
  const rows: UserRow[] = [];
  for (let start = 0; start < plans.length; start += 4) {
    const four = plans.slice(start, start + 4);
    rows.push(
      ...(await Promise.all(four.map(async (user) => ({ ...user, passwordHash: await hashPassword(DEMO_PASSWORD) })))),
    );
  }
  return rows;
}
