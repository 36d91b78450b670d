import { expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';

test('the vital signs of years: the newest of them, in their order, and that there are earlier ones', async () => {
  const desk = await createConsultDesk();
  const id = await desk.call();
  const count = () => desk.raw.prepare('select count(*) from observation_set').pluck().get() as number;
  const add = desk.raw.prepare(
    'insert into observation_set (id, request_id, taken_at, taken_by, vitals) values (?, ?, ?, ?, ?)',
  );
  for (let day = count(); day < 300; day += 1) {
    const takenAt = new Date(Date.UTC(2025, 0, day)).toISOString();
    add.run(`day ${day}`, id, takenAt, desk.feldsher.userId, '{"heartRate":70}');
  }
  const read = () => desk.patientRequests.listObservations(desk.feldsher, desk.world.patient);
  const all = await read();
  expect(all).toMatchObject({ observations: { length: 300 }, hasEarlier: false });
  const oldest = new Date(Date.UTC(2024, 0, 1)).toISOString();
  add.run('oldest', id, oldest, desk.feldsher.userId, '{"heartRate":60}');
  expect(await read()).toEqual({ ...all, hasEarlier: true });
});
