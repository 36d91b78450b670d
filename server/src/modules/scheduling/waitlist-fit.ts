import type { AppointmentId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { fromMinute, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { type Fit, fitWaiters, type Waiter } from '@jaqyn/shared/scheduling/waitlist';
import type { Tx } from '../../db/store.ts';
import { type ClaimRow, claimRepository } from './claim.repository.ts';
import { peopleRepository } from './people.repository.ts';
import type { FoundSlot } from './slot-finder.ts';
import { type WaitingRow, waitlistRepository } from './waitlist.repository.ts';
import { fromBits } from './weekday-bits.ts';

/** The nearest treat-by dates that are looked at for one slot; who waits behind so many more is not the best fit. */
const CANDIDATES = 300;

/** Who of the waitlist fits a slot, the best first. */
export async function findFits(
  tx: Tx,
  { slot, practitioner, service, session }: FoundSlot,
  at: Instant,
  options: { region: string | undefined; limit: number; skipDeclined: boolean },
): Promise<{ fit: Fit; row: WaitingRow }[]> {
  const startsAt = fromMinute(slot.from);
  const rows = await waitlistRepository.listCandidates(
    tx,
    { specialty: service.specialty, mode: session.mode, practitionerId: practitioner.id, startsAt },
    { limit: CANDIDATES, skipDeclined: options.skipDeclined },
  );
  const stationIds = [...new Set(rows.map(({ appointment }) => appointment.stationId))];
  const kits = await peopleRepository.listKits(tx, stationIds);
  const regions = await peopleRepository.listStationRegions(tx, options.region === undefined ? [] : stationIds);
  const patients = rows.map(({ appointment }) => appointment.patientId);
  const busyPatients = toSpans(await claimRepository.listTaken(tx, 'patient', patients, slot), at);
  const cameras = await claimRepository.listTaken(tx, 'station', stationIds, slot);
  const [languages] = [...(await peopleRepository.listLanguages(tx, [practitioner.id])).values()];

  const waiters = rows
    .filter(({ appointment }) => options.region === undefined || regions.get(appointment.stationId) === options.region)
    .map(({ appointment, wish, declined, hasDeclinedThis }): Waiter => {
      const kit = kits.get(appointment.stationId) ?? { cameras: 1, equipment: [] };
      const inUse = cameras.filter((claim) => claim.resourceId === appointment.stationId && isCounting(claim, at));
      const isFull = new Set(inUse.map(({ lane }) => lane)).size >= kit.cameras;
      return {
        appointmentId: appointment.id as AppointmentId,
        specialty: service.specialty,
        mode: appointment.mode,
        urgency: appointment.urgency,
        treatBy: toMinute(appointment.treatBy as Instant),
        since: toMinute((wish?.since ?? appointment.createdAt) as Instant),
        language: wish?.language ?? null,
        partOfDay: wish?.partOfDay ?? 'any',
        avoidWeekdays: fromBits(wish?.avoidWeekdays ?? 0),
        preferredPractitionerId: (wish?.preferredPractitionerId ?? null) as PractitionerId | null,
        declined,
        hasDeclinedThis,
        equipment: kit.equipment,
        taken: [...(busyPatients.get(appointment.patientId) ?? []), ...(isFull ? [slot] : [])],
      };
    });
  const byId = new Map(rows.map((row) => [row.appointment.id, row]));
  const fits = fitWaiters(
    {
      ...slot,
      practitionerId: practitioner.id,
      specialty: service.specialty,
      mode: session.mode,
      languages: languages ?? [],
      requiredEquipment: service.requiredEquipment,
    },
    waiters,
    toMinute(at),
  );
  return fits.slice(0, options.limit).flatMap((fit) => {
    const row = byId.get(fit.appointmentId);
    return row === undefined ? [] : [{ fit, row }];
  });
}

function isCounting({ expiresAt }: ClaimRow, at: Instant): boolean {
  return expiresAt === null || expiresAt > at;
}

function toSpans(claims: readonly ClaimRow[], at: Instant): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  for (const claim of claims.filter((claim) => isCounting(claim, at))) {
    const known = spans.get(claim.resourceId) ?? [];
    known.push({ from: toMinute(claim.startsAt as Instant), to: toMinute(claim.endsAt as Instant) });
    spans.set(claim.resourceId, known);
  }
  return spans;
}
