import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { newConsultation } from '../../../test/factories.ts';
import { createScheduleDesk, newAppointmentId, operationId, TUESDAY } from '../../../test/schedule-desk.ts';

async function createDesk() {
  const desk = await createScheduleDesk();
  const { consultations, unplaced, feldsher, coordinator, world } = desk;
  const plan = async (urgency: 'routine' | 'urgent' | 'asap' = 'routine'): Promise<RequestId> => {
    const input = { ...newConsultation({ specialty: world.cardiology }), patientId: world.patient, urgency };
    return (await consultations.createPlanned(feldsher, input)).id;
  };
  const list = async (actor = coordinator, filter: { region?: string } = {}) =>
    (await unplaced.list(actor, { limit: 50, ...filter })).requests.map(({ requestId }) => requestId);
  return { ...desk, plan, list };
}

describe('what nobody has booked', () => {
  test('nearest treat-by date first, each with what is needed to find a time', async () => {
    const { plan, unplaced, coordinator, world } = await createDesk();
    const [routine, urgent] = [await plan('routine'), await plan('urgent')];
    const { requests, total } = await unplaced.list(coordinator, { limit: 50 });
    expect(requests.map(({ requestId }) => requestId)).toEqual([urgent, routine]);
    expect(total).toBe(2);
    expect(requests[0]).toMatchObject({
      requestStatus: 'in_triage',
      isPlanned: true,
      urgency: 'urgent',
      patient: { id: world.patient, shortName: 'Жақсыбекова Г. Ә.' },
      station: { id: world.station },
      isOverdue: false,
    });
    expect((await unplaced.list(coordinator, { limit: 1 })).requests).toHaveLength(1);
    expect((await unplaced.list(coordinator, { limit: 1 })).total).toBe(2);
  });

  test('it is overdue once its date has passed', async () => {
    const { plan, unplaced, coordinator, clock } = await createDesk();
    await plan('asap');
    clock.advance({ seconds: 25 * 3600 });
    const { requests } = await unplaced.list(coordinator, { limit: 5 });
    expect(requests[0]).toMatchObject({ isOverdue: true });
  });

  test('booked, waiting or cancelled it is gone; given back it is there again', async () => {
    const { plan, list, book, waitlist, consultations, appointments, coordinator, feldsher } = await createDesk();
    const [booked, waiting, cancelled] = [await plan(), await plan(), await plan()];
    const appointment = await book(TUESDAY, '09:00', { requestId: booked });
    await waitlist.join(feldsher, {
      operationId: operationId(),
      id: newAppointmentId(),
      requestId: waiting,
      mode: 'video',
      wishes: { language: null, partOfDay: 'any', preferredPractitionerId: null, avoidWeekdays: [] },
    });
    await consultations.cancel(feldsher, cancelled, 'Тест');
    expect(await list()).toEqual([]);
    await appointments.cancel(coordinator, appointment.id, {
      operationId: operationId(),
      version: appointment.version,
      reason: 'other',
      note: '',
    });
    expect(await list()).toEqual([booked]);
  });

  test('the station itself can book it, and a call that nobody answered is there, too', async () => {
    const { plan, list, book, feldsher, consultations, unplaced, world, statusOf, coordinator } = await createDesk();
    const mine = await plan();
    await book(TUESDAY, '09:20', { requestId: mine, by: feldsher });
    expect(statusOf(mine)).toBe('booked');
    const call = { ...newConsultation({ specialty: world.neurology }), patientId: world.patient };
    await consultations.createConsultation(feldsher, call);
    expect(await list()).toEqual([call.id]);
    const [entry] = (await unplaced.list(coordinator, { limit: 5 })).requests;
    expect(entry).toMatchObject({ isPlanned: false, urgency: 'stat' });
  });

  test('a station sees its own, a coordinator of an oblast those of the oblast', async () => {
    const { plan, list, raw, world, feldsher, otherFeldsher, coordinator } = await createDesk();
    const id = await plan();
    expect(await list(feldsher)).toEqual([id]);
    expect(await list(otherFeldsher)).toEqual([]);
    const region = (code: string) => {
      raw.prepare('delete from coordinator_region').run();
      raw.prepare('insert into coordinator_region (user_id, region) values (?, ?)').run(coordinator.userId, code);
    };
    raw
      .prepare('insert into organization_region (organization_id, region) values (?, ?)')
      .run(world.hospital, 'zhambyl');
    region('zhambyl');
    expect(await list()).toEqual([id]);
    region('akmola');
    expect(await list()).toEqual([]);
    // Whatever they ask for.
    expect(await list(coordinator, { region: 'zhambyl' })).toEqual([]);
  });
});
