import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { describe, expect, it } from 'vitest';
import { createPatient } from '../../../test/factories.ts';
import { rerunning } from '../../../test/rerunning-store.ts';
import { createScheduleDesk, newAppointmentId, operationId } from '../../../test/schedule-desk.ts';
import { createTestStore, type TestStore } from '../../../test/template-database.ts';

const THURSDAY = '2026-11-26' as CalendarDate;
const DAY_SECONDS = 24 * 3600;

const refusal = (code: string) => expect.objectContaining({ code });

/** A desk where somebody has the slot that `late` asks for. */
async function createTaken(store?: TestStore) {
  const desk = await createScheduleDesk(store === undefined ? {} : { store });
  const first = await desk.book(THURSDAY, '09:00');
  const late = {
    operationId: operationId(),
    id: newAppointmentId(),
    requestId: await desk.request({
      patientId: await createPatient(desk.store, desk.world.otherStation),
      stationId: desk.world.otherStation,
    }),
    ...desk.slot(THURSDAY, '09:00'),
    note: '',
  };
  const free = () =>
    desk.appointments.cancel(desk.coordinator, first.id, {
      operationId: operationId(),
      version: first.version,
      reason: 'patient_asked',
      note: '',
    });
  return { desk, late, free, book: () => desk.bookings.bookSlot(desk.coordinator, late) };
}

describe('an operation that was refused', () => {
  it('is refused for good, also when what stood against it has gone and the store runs it twice', async () => {
    const { desk, late, free, book } = await createTaken(rerunning(await createTestStore()));
    await expect(book()).rejects.toEqual(refusal('slot.taken'));
    await free();
    await expect(book()).rejects.toEqual(refusal('slot.taken'));
    expect(desk.rows('select id from appointment where id = ?', late.id)).toEqual([]);
    // Asked anew it is another operation, and has the slot.
    const anew = { ...late, operationId: operationId() };
    await expect(desk.bookings.bookSlot(desk.coordinator, anew)).resolves.toMatchObject({
      appointments: [{ id: late.id, status: 'booked' }],
    });
    await expect(book()).rejects.toEqual(refusal('slot.taken'));
  });

  it('tells the second sending what the first was told, with every field', async () => {
    const { desk, late } = await createTaken();
    const nobody = { ...late, startsAt: '2026-11-26T20:30:00.000Z' as typeof late.startsAt };
    const told = [];
    for (const _ of [1, 2]) told.push(await desk.bookings.bookSlot(desk.coordinator, nobody).catch((error) => error));
    expect(told[0]).toMatchObject({ code: expect.stringMatching(/^(slot|appointment|roster)\./) });
    expect({ ...told[1] }).toEqual({ ...told[0] });
  });

  it('keeps its id to itself', async () => {
    const { desk, late, book } = await createTaken();
    await expect(book()).rejects.toEqual(refusal('slot.taken'));
    await expect(desk.bookings.bookSlot(desk.feldsher, late)).rejects.toEqual(refusal('idempotency.key_reused'));
    await expect(
      desk.bookings.bookSlot(desk.coordinator, { ...late, ...desk.slot(THURSDAY, '09:20') }),
    ).rejects.toEqual(refusal('idempotency.key_reused'));
  });

  it('was done after all when another sending of it was faster', async () => {
    const store = await createTestStore();
    let meanwhile: (() => Promise<unknown>) | undefined;
    const { desk, late, free, book } = await createTaken({
      path: store.path,
      read: (work) => store.read(work),
      close: () => store.close(),
      async transaction(work) {
        try {
          return await store.transaction(work);
        } catch (error) {
          const between = meanwhile;
          meanwhile = undefined;
          await between?.();
          throw error;
        }
      },
    });
    let faster: unknown;
    meanwhile = async () => {
      await free();
      faster = (await book()).receipt;
    };
    const answer = await book();
    expect(answer.receipt).toEqual(faster);
    expect(answer.appointments).toMatchObject([{ id: late.id, status: 'booked' }]);
    expect(desk.rows('select id from schedule_refusal')).toEqual([]);
  });

  it('is forgotten after a day', async () => {
    const { desk, late, book } = await createTaken();
    await expect(book()).rejects.toEqual(refusal('slot.taken'));
    desk.clock.advance({ seconds: DAY_SECONDS + 1 });
    const tomorrow = { ...late, operationId: operationId() };
    await expect(desk.bookings.bookSlot(desk.coordinator, tomorrow)).rejects.toEqual(expect.anything());
    expect(desk.rows('select id from schedule_refusal')).toEqual([{ id: tomorrow.operationId }]);
  });
});
