import type { AppointmentId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { dayOf, overlaps, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import { CONFLICTS, type ConflictCode } from '@jaqyn/shared/scheduling/placement';
import { treatBy } from '@jaqyn/shared/scheduling/waitlist';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { isLicensedOnDay } from '../staff/licence-check.ts';
import { appointmentRepository } from './appointment.repository.ts';
import type { Placement } from './appointment-time.ts';
import { type ClaimKind, type ClaimRow, claimRepository } from './claim.repository.ts';
import { peopleRepository, type RequestFacts } from './people.repository.ts';
import { scheduleReader } from './schedule-reader.ts';
import { findSlot, isRetired } from './slot-finder.ts';

interface Question {
  readonly actor: Actor;
  readonly at: Instant;
  readonly request: RequestFacts;
  readonly placement: Placement;
  /** Whose own time does not count against it. */
  readonly exceptHolder?: string | undefined;
}

/** Everything that stands against a placement, and what somebody should know of it: all at once, so that it is mended at once. */
export async function listConflicts(tx: Tx, question: Question): Promise<Conflict[]> {
  const { actor, at, request, placement } = question;
  const search = await findSlot(tx, placement.practitionerId, placement.startsAt);
  const slot = search.kind === 'found' ? search.found.slot : search.slot;
  const practitioner = search.kind === 'found' ? search.found.practitioner : search.practitioner;
  const lead = { practitionerId: practitioner.id, practitionerName: practitioner.displayName };
  const conflicts: Conflict[] = [];
  const add = (code: ConflictCode, detail: Omit<Conflict, 'code' | 'severity'> = {}) =>
    conflicts.push({ code, severity: CONFLICTS[code], ...detail });

  if (slot.from < toMinute(at)) add('in_the_past');
  if (request.patientId === null) add('patient_missing');
  if (search.kind === 'none') add(search.why, lead);
  if (practitioner.specialty !== request.specialty) add('specialty_differs', lead);
  if (!(await isLicensedOnDay(tx, practitioner.id, dayOf(slot.from)))) add('licence_ends', lead);

  const taken = await listCounting(tx, question, 'practitioner', [practitioner.id], slot);
  const service = search.kind === 'found' ? search.found.service : undefined;
  if (taken.length > 0) {
    const lanes = 1 + (service?.overbookLanes ?? 0);
    const hasPlace = placement.mayOverbook && actor.role === 'coordinator' && taken.length < lanes;
    for (const claim of taken) add(hasPlace ? 'overbooked' : 'slot_taken', { ...lead, ...describe(claim, actor) });
  }
  for (const id of new Set(placement.alsoPractitionerIds)) {
    if (id !== practitioner.id) conflicts.push(...(await judgeMember(tx, question, id, slot)));
  }
  const rules = await appointmentRepository.listTreatByRules(tx);
  if (slot.from > treatBy(toMinute(request.createdAt), request.urgency, rules)) add('after_treat_by');
  if (service === undefined) return conflicts;

  if (isRetired(service, slot)) add('service_retired');
  if (actor.role === 'feldsher' && !service.stationMayBook) add('needs_confirmation');
  if (service.mode === 'video') {
    const kit = await peopleRepository.getKit(tx, request.stationId);
    const missing = service.requiredEquipment.filter((item) => !kit.equipment.includes(item));
    if (missing.length > 0) add('equipment_missing', { equipment: missing });
    if (request.patientId !== null) {
      const [busy] = await listCounting(tx, question, 'patient', [request.patientId], slot);
      if (busy !== undefined) add('patient_busy', describe(busy, actor));
    }
    const cameras = await listCounting(tx, question, 'station', [request.stationId], slot);
    if (new Set(cameras.map(({ lane }) => lane)).size >= kit.cameras) {
      for (const claim of cameras) add('station_busy', describe(claim, actor));
    }
  }
  return conflicts;
}

async function judgeMember(tx: Tx, question: Question, id: PractitionerId, slot: Span): Promise<Conflict[]> {
  const member = await peopleRepository.findPractitioner(tx, id);
  if (member === undefined) return [];
  const who = { practitionerId: id, practitionerName: member.displayName };
  const day = dayOf(slot.from);
  const { roster } = await scheduleReader.readRoster(tx, id, day, day);
  const conflicts: Conflict[] = [];
  if (roster.closures.some((closure) => overlaps(closure, slot))) {
    conflicts.push({ code: 'on_leave', severity: 'refuses', ...who });
  }
  if (!(await isLicensedOnDay(tx, id, day))) {
    conflicts.push({ code: 'licence_ends', severity: 'warns', ...who });
  }
  const [claim] = await listCounting(tx, question, 'practitioner', [id], slot);
  if (claim !== undefined) {
    conflicts.push({ code: 'specialist_busy', severity: 'refuses', ...who, ...describe(claim, question.actor) });
  }
  return conflicts;
}

/** Claims that count: not the own ones, and no hold or offer that is over. */
async function listCounting(
  tx: Tx,
  { at, placement, exceptHolder }: Question,
  kind: ClaimKind,
  ids: readonly string[],
  slot: Span,
): Promise<ClaimRow[]> {
  const claims = await claimRepository.listTaken(tx, kind, ids, slot, { exceptHolder });
  return claims.filter(
    ({ expiresAt, holderId }) => (expiresAt === null || expiresAt > at) && holderId !== placement.holdId,
  );
}

/** Which appointment it is, coordinators may know; a station hears only when. */
function describe(claim: ClaimRow, actor: Actor): Partial<Conflict> {
  return {
    startsAt: claim.startsAt as Instant,
    endsAt: claim.endsAt as Instant,
    ...(claim.expiresAt !== null && { heldUntil: claim.expiresAt as Instant }),
    ...(actor.role === 'coordinator' &&
      claim.holderKind === 'appointment' && { appointmentId: claim.holderId as AppointmentId }),
  };
}
