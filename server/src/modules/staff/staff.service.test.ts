import type { Instant } from '@jaqyn/shared/kernel/time';
import { describe, expect, test } from 'vitest';
import { createTestServices } from '../../../test/build-services.ts';
import { createShift, createSpecialist, newConsultation } from '../../../test/factories.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createWorld } from '../../../test/world.ts';

async function createRoster() {
  const services = await createTestServices();
  const world = await createWorld(services.store);
  const counts = async (code = 'cardiology') => {
    const found = (await services.staff.listSpecialties()).find((specialty) => specialty.code === code);
    return { onCall: found?.onCallNow, reachable: found?.reachableNow };
  };
  return { ...services, world, counts, raw: openRaw(services.store) };
}

describe('specialties', () => {
  test('count who is on call, and of those who could answer now', async () => {
    const { world, counts, online } = await createRoster();
    expect(await counts()).toEqual({ onCall: 3, reachable: 0 });
    expect(await counts('neurology')).toEqual({ onCall: 0, reachable: 0 });
    online.add(world.cardio.actor.userId).add(world.cardioBackup.actor.userId).add(world.neuro.actor.userId);
    expect(await counts()).toEqual({ onCall: 3, reachable: 2 });
    expect(await counts('neurology')).toEqual({ onCall: 0, reachable: 0 });
  });

  test('who is in a call cannot be reached', async () => {
    const { world, counts, online, consultations, calling } = await createRoster();
    online.add(world.cardio.actor.userId).add(world.cardioTwin.actor.userId);
    const request = newConsultation({ specialty: world.cardiology });
    await consultations.createConsultation(world.feldsher.actor, request);
    await calling.answer(world.cardio.actor, request.id);
    expect(await counts()).toEqual({ onCall: 3, reachable: 1 });
    await calling.endCall(world.cardio.actor, request.id);
    expect(await counts()).toEqual({ onCall: 3, reachable: 2 });
  });

  test.each([
    ['switched off', { isAvailable: false }, {}],
    ['disabled', { isDisabled: true }, {}],
    ['on call only from now on plus a moment', {}, { startsAt: '2026-11-23T04:00:00.001Z' }],
    ['on call until this very moment', {}, { endsAt: '2026-11-23T04:00:00.000Z' }],
  ])('%s does not count', async (_why, specialist, shift) => {
    const { world, store, counts } = await createRoster();
    const options = { organizationId: world.hospital, specialty: world.neurology, ...specialist };
    await createShift(store, await createSpecialist(store, options), { rank: 1, ...shift });
    expect(await counts('neurology')).toEqual({ onCall: 0, reachable: 0 });
  });

  test('a shift begins at its first moment', async () => {
    const { world, store, counts } = await createRoster();
    await createShift(store, world.neuro, { rank: 1, startsAt: '2026-11-23T04:00:00.000Z' });
    expect(await counts('neurology')).toEqual({ onCall: 1, reachable: 0 });
  });

  test('two shifts that overlap are one person', async () => {
    const { world, store, counts } = await createRoster();
    await createShift(store, world.neuro, { rank: 1, startsAt: '2026-11-22T00:00:00.000Z' });
    await createShift(store, world.neuro, { rank: 2, startsAt: '2026-11-23T00:00:00.000Z' });
    expect(await counts('neurology')).toEqual({ onCall: 1, reachable: 0 });
  });
});

describe('shifts', () => {
  const list = async (from: string, to: string) => {
    const { store, staff, world } = await createRoster();
    await createShift(store, world.neuro, {
      rank: 1,
      startsAt: '2026-03-10T03:00:00.000Z',
      endsAt: '2026-03-10T15:00:00.000Z',
    });
    const shifts = await staff.listShifts(from as Instant, to as Instant);
    return shifts.filter((shift) => shift.practitionerId === world.neuro.practitionerId).length;
  };

  test.each([
    ['around it', '2026-03-10T00:00:00.000Z', '2026-03-11T00:00:00.000Z', 1],
    ['inside it', '2026-03-10T05:00:00.000Z', '2026-03-10T06:00:00.000Z', 1],
    ['over its start', '2026-03-09T05:00:00.000Z', '2026-03-10T03:00:00.001Z', 1],
    ['over its end', '2026-03-10T14:59:59.999Z', '2026-03-11T03:00:00.000Z', 1],
    ['up to its start', '2026-03-09T05:00:00.000Z', '2026-03-10T03:00:00.000Z', 0],
    ['from its end', '2026-03-10T15:00:00.000Z', '2026-03-11T03:00:00.000Z', 0],
    ['of exactly 31 days', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z', 1],
  ])('a span %s', async (_what, from, to, count) => {
    expect(await list(from, to)).toBe(count);
  });

  test.each([
    ['backwards', '2026-03-11T00:00:00.000Z', '2026-03-10T00:00:00.000Z'],
    ['of no length', '2026-03-10T00:00:00.000Z', '2026-03-10T00:00:00.000Z'],
    ['over 31 days', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.001Z'],
    ['of no time at all', 'x', 'y'],
  ])('a span %s is refused', async (_what, from, to) => {
    await expect(list(from, to)).rejects.toThrow('request.invalid');
  });
});

describe('one’s own availability', () => {
  test('switching off stops the ringing for new calls and is audited', async () => {
    const { world, staff, consultations, raw } = await createRoster();
    const until = '2026-12-31T00:00:00.000Z';
    expect(await staff.getAvailability(world.cardio.actor)).toEqual({
      isAvailable: true,
      isOnCall: true,
      onCallUntil: until,
      licence: { standing: 'none', until: null },
    });
    expect(await staff.setAvailability(world.cardio.actor, false)).toEqual({
      isAvailable: false,
      isOnCall: true,
      onCallUntil: until,
      licence: { standing: 'none', until: null },
    });
    const last = raw.prepare('select action, actor_id, detail from audit_event order by seq desc limit 1').get();
    expect(last).toEqual({
      action: 'practitioner.set_availability',
      actor_id: world.cardio.actor.userId,
      detail: '{"isAvailable":false}',
    });
    const view = await consultations.createConsultation(
      world.feldsher.actor,
      newConsultation({ specialty: world.cardiology }),
    );
    expect(view.ring?.practitioners.map(({ id }) => id)).toEqual([world.cardioTwin.practitionerId]);
  });

  test('not on call', async () => {
    const { world, staff } = await createRoster();
    expect(await staff.getAvailability(world.neuro.actor)).toEqual({
      isAvailable: true,
      isOnCall: false,
      onCallUntil: null,
      licence: { standing: 'none', until: null },
    });
  });

  test('who is no practitioner has none', async () => {
    const { world, staff } = await createRoster();
    await expect(staff.getAvailability(world.feldsher.actor)).rejects.toThrow('practitioner.not_found');
    await expect(staff.setAvailability(world.feldsher.actor, true)).rejects.toThrow('practitioner.not_found');
  });
});
