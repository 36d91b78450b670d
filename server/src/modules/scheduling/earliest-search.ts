import type { PatientId, PractitionerId, ServiceCode, StationId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { slotsOf } from '@jaqyn/shared/scheduling/expand';
import { dayOf, fromMinute, type Minute, overlaps, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { BookableMode } from '@jaqyn/shared/scheduling/roster';
import type { HealthcareService, StationKit } from '@jaqyn/shared/scheduling/service.contract';
import { freeSlots } from '@jaqyn/shared/scheduling/slot';
import type { Tx } from '../../db/store.ts';
import { type ClaimRow, claimRepository } from './claim.repository.ts';
import { dayLoadRepository } from './day-load.repository.ts';
import { toTaken } from './day-load.ts';
import { scheduleReader, spanOfDays } from './schedule-reader.ts';
import { isRetired } from './slot-finder.ts';

/** For whom a slot is looked for. */
export interface Where {
  readonly at: Instant;
  /** Not before. */
  readonly from: Minute;
  readonly stationId: StationId | null;
  readonly patientId: PatientId | null;
  /** What the station has; undefined when it is not known. */
  readonly kit: StationKit | undefined;
}

export interface Candidate {
  readonly practitionerId: PractitionerId;
  readonly slot: Span;
  readonly service: HealthcareService;
}

interface Options {
  readonly mode: BookableMode;
  readonly services: ReadonlyMap<ServiceCode, HealthcareService>;
  readonly where: Where;
  readonly limit: number;
}

/** A specialist's next day with a free slot, by `day_load`; the slot is not before `notBefore`. */
interface Lead {
  readonly practitionerId: PractitionerId;
  readonly day: CalendarDate;
  readonly notBefore: Minute;
}

/** How many specialists' days are read at once: few at first, since the first ones are mostly the answer, then twice as many each time. */
const AT_ONCE = { first: 8, most: 256 };
/** Rounds after which a search ends: each moves everybody who had nothing suitable to their next free day. */
const ROUNDS = 40;

/**
 * The earliest slot of each of the `limit` specialists who have the earliest ones, in the order of time. `day_load` says where to
 * look; each day is then made from its roster and its claims, so that what is answered is free at this moment.
 */
export async function searchEarliest(tx: Tx, ids: readonly PractitionerId[], options: Options): Promise<Candidate[]> {
  const { where, mode, limit } = options;
  const fitting = fittingServices(options);
  let leads = await listLeads(tx, ids, { mode, services: fitting }, where.from, where.from);
  let atOnce = Math.max(AT_ONCE.first, limit);
  const found: Candidate[] = [];
  for (let round = 0; round < ROUNDS && leads.length > 0; round += 1) {
    leads.sort((a, b) => a.notBefore - b.notBefore);
    const [first] = leads;
    const worst = found.length < limit ? Number.POSITIVE_INFINITY : (found[limit - 1]?.slot.from ?? 0);
    if (first === undefined || first.notBefore >= worst) break;
    // One day at a time: rosters and claims of a day are read together.
    const batch = leads.filter(({ day, notBefore }) => day === first.day && notBefore < worst).slice(0, atOnce);
    atOnce = Math.min(2 * atOnce, AT_ONCE.most);
    const { candidates, without } = await readDay(tx, first.day, batch, options);
    found.push(...candidates);
    found.sort((a, b) => a.slot.from - b.slot.from || (a.practitionerId < b.practitionerId ? -1 : 1));
    const isRead = new Set(batch.map(({ practitionerId }) => practitionerId));
    const nextDay = spanOfDays(first.day, first.day).to;
    leads = leads
      .filter(({ practitionerId }) => !isRead.has(practitionerId))
      .concat(await listLeads(tx, without, { mode, services: fitting }, nextDay, where.from));
  }
  return found.slice(0, limit);
}

async function listLeads(
  tx: Tx,
  ids: readonly PractitionerId[],
  of: { readonly mode: BookableMode; readonly services: readonly ServiceCode[] },
  after: Minute,
  from: Minute,
): Promise<Lead[]> {
  const leads = new Map<PractitionerId, Lead>();
  for (const row of await dayLoadRepository.listFreeDays(tx, ids, of, fromMinute(after))) {
    const { practitionerId, day } = row;
    leads.set(practitionerId, { practitionerId, day, notBefore: Math.max(from, toMinute(row.firstFreeAt)) });
  }
  return [...leads.values()];
}

/** The first suitable slot of each on this day, and who has none. */
async function readDay(
  tx: Tx,
  day: CalendarDate,
  batch: readonly Lead[],
  { mode, services, where }: Options,
): Promise<{ candidates: Candidate[]; without: PractitionerId[] }> {
  const ids = batch.map(({ practitionerId }) => practitionerId);
  const span = spanOfDays(day, day);
  const isCounting = ({ expiresAt }: ClaimRow) => expiresAt === null || expiresAt > where.at;
  const rosters = await scheduleReader.readRosters(tx, ids, day, day);
  const claims = (await claimRepository.listTaken(tx, 'practitioner', ids, span)).filter(isCounting);
  const byPerson = Map.groupBy(claims, ({ resourceId }) => resourceId);
  const blocked = mode === 'video' ? await listBlocked(tx, where, span, isCounting) : () => false;

  const candidates: Candidate[] = [];
  const without: PractitionerId[] = [];
  for (const practitionerId of ids) {
    const taken = (byPerson.get(practitionerId) ?? []).map(toTaken);
    let best: Candidate | undefined;
    for (const session of rosters.get(practitionerId)?.sessionsOf(day) ?? []) {
      const service = services.get(session.service);
      if (session.mode !== mode || service === undefined || !suits(service, where)) continue;
      const slot = freeSlots(slotsOf(session), taken, where.from).find(
        (free) => !isRetired(service, free) && !blocked(free),
      );
      if (slot !== undefined && (best === undefined || slot.from < best.slot.from))
        best = { practitionerId, slot, service };
    }
    if (best === undefined) without.push(practitionerId);
    else candidates.push(best);
  }
  return { candidates, without };
}

/**
 * Services of which a slot could be the answer. Without them there is nothing to look at: where the station lacks what a whole
 * specialty needs, each day of everybody would be read in vain.
 */
function fittingServices({ mode, services, where }: Options): ServiceCode[] {
  return [...services.values()]
    .filter((service) => service.mode === mode && suits(service, where))
    .filter(({ retiredFrom }) => retiredFrom === null || retiredFrom > dayOf(where.from))
    .map(({ code }) => code);
}

/** A consult without what it needs makes no sense; where the station is not known, nothing is held against it. */
function suits(service: HealthcareService, { kit }: Where): boolean {
  return (
    kit === undefined ||
    service.mode !== 'video' ||
    service.requiredEquipment.every((item) => kit.equipment.includes(item))
  );
}

/** Whether the patient is elsewhere or every camera of the station is taken. */
async function listBlocked(
  tx: Tx,
  { patientId, stationId, kit }: Where,
  span: Span,
  isCounting: (claim: ClaimRow) => boolean,
): Promise<(slot: Span) => boolean> {
  const patient = patientId === null ? [] : await claimRepository.listTaken(tx, 'patient', [patientId], span);
  const station = stationId === null ? [] : await claimRepository.listTaken(tx, 'station', [stationId], span);
  const busy = patient.filter(isCounting).map(toTaken);
  const cameras = station.filter(isCounting).map((claim) => ({ ...toTaken(claim), lane: claim.lane }));
  return (slot) => {
    if (busy.some((span) => overlaps(span, slot))) return true;
    const inUse = cameras.filter((span) => overlaps(span, slot)).map(({ lane }) => lane);
    return new Set(inUse).size >= (kit?.cameras ?? 1);
  };
}
