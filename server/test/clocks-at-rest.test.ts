import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import { expect, it } from 'vitest';
import { WitnessClock } from '../src/modules/audit/witness.clock.ts';
import { NoticeDeliverer } from '../src/modules/notices/notice-deliverer.ts';
import { NoticeUpkeepService } from '../src/modules/notices/notice-upkeep.service.ts';
import { createPatient } from './factories.ts';
import { createScheduleDesk, newAppointmentId, newHoldId, operationId, TUESDAY, weekly } from './schedule-desk.ts';
import { createTestStore, type TestStore } from './template-database.ts';

/** More rounds than any of the clocks may need for what is prepared here: a few dozen things, twenty at a time. */
const MOST_ROUNDS = 15;
const STEP_MINUTES = 90;

/** Counts the turns at writing, which is what a clock that never comes to rest wastes. */
function counting(store: TestStore) {
  const counted = { writes: 0 };
  const wrapped: TestStore = {
    path: store.path,
    read: (work) => store.read(work),
    close: () => store.close(),
    transaction(work) {
      counted.writes += 1;
      return store.transaction(work);
    },
  };
  return { counted, store: wrapped };
}

/** Everything that time acts on: holds, offers nobody answers, waiters whom nothing fits, freed slots, reminders, what is overdue. */
async function prepare(store: TestStore) {
  const desk = await createScheduleDesk({ store });
  const { cardioTwin } = desk.world;
  await desk.addTemplate(weekly(cardioTwin.practitionerId, 'cardiology-video', { startMinute: 900, endMinute: 1020 }));
  const wishes = { language: null, partOfDay: 'any' as const, preferredPractitionerId: null, avoidWeekdays: [] };
  for (const createdAt of ['2026-11-01T05:00:00.000Z', '2026-11-20T05:00:00.000Z', '2026-11-22T05:00:00.000Z']) {
    const patientId = await createPatient(desk.store, desk.world.station);
    await desk.waitlist.join(desk.coordinator, {
      operationId: operationId(),
      id: newAppointmentId(),
      requestId: await desk.request({ patientId, createdAt }),
      mode: 'video',
      wishes,
    });
  }
  for (const time of ['09:00', '09:20', '09:40']) {
    const patientId = await createPatient(desk.store, desk.world.otherStation);
    const request = { patientId, stationId: desk.world.otherStation };
    const { id, version } = await desk.book(TUESDAY, time, { request });
    if (time === '09:40') continue;
    const body = { operationId: operationId(), version, reason: 'patient_asked', note: '' } as const;
    await desk.appointments.cancel(desk.coordinator, id, body);
  }
  await desk.bookings.hold(desk.coordinator, newHoldId(), desk.slot(TUESDAY, '10:20'));
  // What is overdue has nobody who could be told: it stays due for ever.
  desk.raw.prepare("update user set is_disabled = 1 where role = 'coordinator'").run();
  return desk;
}

it('leaves every clock at rest whatever the hour of a day and a night: no round after round, nothing written', async () => {
  const { store, counted } = counting(await createTestStore());
  const desk = await prepare(store);
  const { clock, bus, folder } = desk;
  const notices = new NoticeUpkeepService({ store, clock });
  // A way out that fails is tried again later, not at once.
  const email = { send: () => Promise.reject(new Error('planted')) };
  const deliverer = new NoticeDeliverer({ store, clock, bus, channels: { email }, publicOrigin: 'https://jaqyn.test' });
  const witness = WitnessClock.start({
    store,
    clock,
    logger: { error: () => undefined, warn: () => undefined },
    file: path.join(folder, 'witness.log'),
    key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    everyMs: 3_600_000,
  });
  const rounds: Record<string, () => Promise<boolean>> = {
    schedule: () => desk.upkeep.tick(),
    notices: () => notices.tick(),
    deliveries: () => deliverer.deliverDue(),
    ladder: () => desk.calling.escalateDue().then(() => false),
    witness: () => witness.checkpoint().then(() => false),
  };
  const untilDone = async () => {
    for (const [name, round] of Object.entries(rounds)) {
      let count = 1;
      while (await round()) {
        count += 1;
        expect(count, name).toBeLessThanOrEqual(MOST_ROUNDS);
      }
    }
  };
  let wroteOnce = false;
  for (let minutes = 0; minutes <= 1440; minutes += STEP_MINUTES) {
    // One clock may give another something to do, but not for ever.
    for (let turn = 0; turn < 3; turn += 1) await untilDone();
    wroteOnce ||= counted.writes > 0;
    counted.writes = 0;
    for (const [name, round] of Object.entries(rounds)) {
      expect(await round(), name).toBe(false);
      // Of a notice that reaches nobody it asks once a round, in case somebody is there by now.
      expect(counted.writes, `${name}, minute ${minutes}`).toBeLessThanOrEqual(name === 'notices' ? 1 : 0);
      counted.writes = 0;
    }
    clock.advance({ seconds: STEP_MINUTES * 60 });
  }
  expect(wroteOnce).toBe(true);
  // What was to happen has happened: freed slots were offered, and people were told.
  expect(desk.rows('select * from freed_slot')).toEqual([]);
  expect(desk.rows('select * from slot_offer')).not.toEqual([]);
  expect(desk.rows('select * from notice')).not.toEqual([]);
  await witness.close();
});
