import type { LadderId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { LadderStep } from '@jaqyn/shared/ladders/ladder.contract';
import { expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { createOrganization, createShift, createSpecialist } from '../../../test/factories.ts';
import { newId } from '../../kernel/ids.ts';

/** The desk's hospital is in one oblast, `neighbour` in another, where `across` is on call, too. */
async function createTwoOblasts() {
  const desk = await createConsultDesk();
  const { store, raw, world } = desk;
  const [here = '', there = ''] = raw.prepare('select code from region order by position').pluck().all() as string[];
  const neighbour = await createOrganization(store, 'Көрші облыстың ауруханасы');
  const across = await createSpecialist(store, { organizationId: neighbour, specialty: world.cardiology });
  await createShift(store, across, { rank: 1 });
  const place = raw.prepare('insert into organization_region (organization_id, region) values (?, ?)');
  for (const [organization, region] of [
    [world.hospital, here],
    [neighbour, there],
  ]) {
    place.run(organization, region);
  }
  const save = (specialty: SpecialtyCode | null, region: string | null, steps: LadderStep[]) =>
    desk.ladders.save(desk.coordinator, newId<LadderId>(), {
      seenId: null,
      specialty,
      region,
      effectiveFrom: desk.clock.instant(),
      steps,
    });
  return { ...desk, here, there, neighbour, across: across.practitionerId, save };
}

test('on call, backup, the head of the department, the neighbouring hospital, then numbers: each rung for its own time', async () => {
  const desk = await createTwoOblasts();
  const { world, here, neighbour, across, clock, calling } = desk;
  await desk.save(world.cardiology, here, [
    { kind: 'on_call', seconds: 30, reach: 'region' },
    { kind: 'backup', seconds: 20, reach: 'region' },
    { kind: 'head', seconds: 40, practitionerIds: [world.neuro.practitionerId] },
    { kind: 'neighbour', seconds: 50, organizationId: neighbour },
    { kind: 'phone', phones: [{ label: 'Қабылдау бөлімі', phone: '+7 726 211 22 33' }] },
  ]);
  const id = await desk.call();
  // Who is on call in another oblast is not rung before the turn of their hospital.
  const rungs: [readonly string[], number][] = [
    [[world.cardio.practitionerId, world.cardioTwin.practitionerId], 30],
    [[world.cardioBackup.practitionerId], 20],
    [[world.neuro.practitionerId], 40],
    [[across], 50],
  ];
  for (const [people, seconds] of rungs) {
    expect(desk.ringingAt(id)).toEqual([...people].sort());
    clock.advance({ seconds: seconds - 1 });
    await calling.escalateDue();
    expect(desk.ringingAt(id), `${seconds} seconds are not over`).toEqual([...people].sort());
    clock.advance({ seconds: 1 });
    await calling.escalateDue();
  }
  const view = await desk.consultations.getConsultation(desk.feldsher, id);
  expect(view.status).toBe('in_triage');
  expect(view.rungs?.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['on_call', 'timed_out'],
    ['backup', 'timed_out'],
    ['head', 'timed_out'],
    ['neighbour', 'timed_out'],
    ['phone', 'shown'],
  ]);
});

test('the nearest place that has a ladder rings: specialty and oblast, specialty, oblast, everywhere; an empty one gives its place back', async () => {
  const desk = await createTwoOblasts();
  const { world, here, there, ladders } = desk;
  const steps = (seconds: number): LadderStep[] => [{ kind: 'on_call', seconds, reach: 'country' }];
  const secondsAt = async (specialty: SpecialtyCode, region: string) =>
    (await ladders.preview({ specialty, region }))[0]?.seconds;
  const built = ladders.builtIn[0];
  expect(await secondsAt(world.cardiology, here)).toBe(built?.kind === 'on_call' ? built.seconds : undefined);
  await desk.save(null, null, steps(11));
  expect(await secondsAt(world.cardiology, here)).toBe(11);
  await desk.save(null, here, steps(12));
  expect(await secondsAt(world.cardiology, here)).toBe(12);
  await desk.save(world.cardiology, null, steps(13));
  expect(await secondsAt(world.cardiology, here)).toBe(13);
  const own = await desk.save(world.cardiology, here, steps(14));
  expect(await secondsAt(world.cardiology, here)).toBe(14);
  expect(await secondsAt(world.cardiology, there)).toBe(13);
  expect(await secondsAt(world.neurology, here)).toBe(12);
  expect(await secondsAt(world.neurology, there)).toBe(11);
  desk.clock.advance({ seconds: 1 });
  const effectiveFrom = desk.clock.instant();
  const change = { seenId: own.id, specialty: world.cardiology, region: here, effectiveFrom, steps: [] };
  await ladders.save(desk.coordinator, newId<LadderId>(), change);
  expect(await secondsAt(world.cardiology, here)).toBe(13);
});
