import { expect, test } from 'vitest';
import { createTestApp } from '../../../test/build-app.ts';
import { newConsultation } from '../../../test/factories.ts';
import { at, healthcareService, TUESDAY, weekly } from '../../../test/schedule-desk.ts';
import { until } from '../../../test/until.ts';
import { createWorld } from '../../../test/world.ts';
import { newId } from '../../kernel/ids.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import { rosterRepository } from './roster.repository.ts';

async function createDesk() {
  const app = await createTestApp();
  const world = await createWorld(app.store);
  const by = { at: '2026-11-01T00:00:00.000Z', userId: world.coordinator.actor.userId } as never;
  await app.store.transaction(async (tx) => {
    const service = healthcareService({ code: 'cardiology-video', specialty: world.cardiology });
    await healthcareServiceRepository.save(tx, service);
    await rosterRepository.insertTemplate(tx, weekly(world.cardio.practitionerId, service.code), by);
  });
  const [station, coordinator, specialist] = [
    await app.signIn(world.feldsher),
    await app.signIn(world.coordinator),
    await app.signIn(world.cardio),
  ];
  async function book(time: string) {
    const request = {
      ...newConsultation({ specialty: world.cardiology }),
      urgency: 'routine',
      patientId: world.patient,
    };
    await station({ method: 'POST', url: '/api/planned-consultations', payload: request });
    const { practitionerId } = world.cardio;
    const payload = { operationId: newId(), id: newId(), requestId: request.id, practitionerId };
    const answer = await station({
      method: 'POST',
      url: '/api/appointments',
      payload: { ...payload, startsAt: at(TUESDAY, time) },
    });
    expect(answer.statusCode, answer.body).toBe(200);
    return { requestId: request.id, appointment: answer.json().appointments[0] };
  }
  return { ...app, world, station, coordinator, specialist, book };
}

test('asked for, booked, moved, taken back, arrived, checked in and begun, over HTTP', async () => {
  const { book, station, coordinator, specialist } = await createDesk();
  const { requestId, appointment } = await book('09:00');
  const post = async (who: typeof station, step: string, payload: object) => {
    const answer = await who({
      method: 'POST',
      url: `/api/appointments/${appointment.id}/${step}`,
      payload: { operationId: newId(), ...payload },
    });
    expect(answer.statusCode, `${step} ${answer.body}`).toBe(200);
    return answer.json();
  };
  const { practitioners } = appointment;
  const place = { practitionerId: practitioners[0].id, startsAt: at(TUESDAY, '10:00') };
  const moved = await post(coordinator, 'move', { version: appointment.version, ...place });
  const undone = await coordinator({
    method: 'POST',
    url: `/api/schedule-operations/${moved.receipt.operationId}/undo`,
  });
  expect(undone.json().appointments[0]).toMatchObject({ startsAt: at(TUESDAY, '09:00'), status: 'booked' });
  let { version } = undone.json().appointments[0];
  for (const [who, step, status] of [
    [station, 'arrive', 'arrived'],
    [station, 'check-in', 'checked-in'],
    [specialist, 'start', 'checked-in'],
  ] as const) {
    const [after] = (await post(who, step, { version })).appointments;
    expect(after.status).toBe(status);
    ({ version } = after);
  }
  const request = await specialist({ method: 'GET', url: `/api/consultations/${requestId}` });
  expect(request.json().status).toBe('in_call');
});

test('a request that is cancelled by itself takes its appointment along, by the clock', async () => {
  const { book, station } = await createDesk();
  const { requestId, appointment } = await book('09:20');
  await station({ method: 'POST', url: `/api/consultations/${requestId}/cancel`, payload: { reason: 'Тест' } });
  const answer = await until('the appointment to follow', async () => {
    const { status } = (await station({ method: 'GET', url: `/api/appointments/${appointment.id}` })).json();
    return status === 'cancelled' ? status : undefined;
  });
  expect(answer).toBe('cancelled');
});

test('a calendar is read by its secret alone, names no patient, and can be revoked', async () => {
  const { book, specialist, inject, world } = await createDesk();
  await book('09:40');
  const feeds = `/api/practitioners/${world.cardio.practitionerId}/calendar-feeds`;
  const id = newId<string>();
  const made = await specialist({ method: 'POST', url: feeds, payload: { id, label: 'Телефон' } });
  const { path } = made.json();
  expect(path).toMatch(/^\/api\/calendar\/[\w-]{43}\.ics$/);
  const read = () => inject({ method: 'GET', url: `${path}?language=ru` });
  const calendar = await read();
  expect(calendar.statusCode).toBe(200);
  expect(calendar.headers['content-type']).toBe('text/calendar; charset=utf-8');
  expect(calendar.body).toContain('BEGIN:VEVENT');
  expect(calendar.body).toContain('20261124T044000Z');
  expect(calendar.body).not.toMatch(/Жақсыбекова|Гүлсім/);
  await specialist({ method: 'DELETE', url: `${feeds}/${id}` });
  const gone = await read();
  expect([gone.statusCode, gone.json().code]).toEqual([404, 'feed.not_found']);
  for (const token of ['x', '%20', 'a.b', '-']) {
    expect((await inject({ method: 'GET', url: `/api/calendar/${token}.ics` })).json().code, token).toBe(
      'feed.not_found',
    );
  }
});

test('tokens are not tried without end: after 120 a minute an address waits', async () => {
  const { app } = await createDesk();
  const ask = (remoteAddress: string) =>
    app.http.inject({ method: 'GET', url: `/api/calendar/${'x'.repeat(43)}.ics`, remoteAddress });
  for (let index = 0; index < 120; index += 1) expect((await ask('10.8.8.8')).statusCode).toBe(404);
  const refused = await ask('10.8.8.8');
  expect([refused.statusCode, refused.json().code]).toEqual([429, 'request.rate_limited']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask('10.8.8.9')).statusCode).toBe(404);
});

test('the end of the day is a file for a spreadsheet', async () => {
  const { clock, station, signIn, world } = await createDesk();
  const request = { ...newConsultation({ specialty: world.cardiology }), urgency: 'asap', patientId: world.patient };
  await station({ method: 'POST', url: '/api/planned-consultations', payload: request });
  clock.advance({ seconds: 48 * 3600 });
  const coordinator = await signIn(world.coordinator);
  const answer = await coordinator({
    method: 'GET',
    url: '/api/day-end.csv?day=2026-11-24&list=overdue&language=ru',
  });
  expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'attachment; filename="overdue-2026-11-24.csv"',
  ]);
  expect(answer.body).toContain('Жақсыбекова Г. Ә.');
  const wrong = await coordinator({ method: 'GET', url: '/api/day-end.csv?day=24.11.2026&list=overdue' });
  expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'request.invalid']);
});

test('a roster of megabytes passes where rosters come in, and nowhere else', async () => {
  const { coordinator } = await createDesk();
  const csv = `nonsense\n${'x'.repeat(2 * 1024 * 1024)}`;
  const preview = await coordinator({ method: 'POST', url: '/api/roster-imports/preview', payload: { csv } });
  expect(preview.json().code).toBe('roster.columns_wrong');
  const elsewhere = await coordinator({ method: 'POST', url: '/api/appointments/check', payload: { csv } });
  expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([413, 'request.too_large']);
  const beyond = await coordinator({
    method: 'POST',
    url: '/api/roster-imports/preview',
    payload: { csv: 'x'.repeat(10 * 1024 * 1024) },
  });
  expect([beyond.statusCode, beyond.json().code]).toEqual([413, 'request.too_large']);
});

test('the documentation shows the routes, the files among them', async () => {
  const { inject } = await createDesk();
  const { paths } = (await inject({ method: 'GET', url: '/api/docs/json' })).json();
  for (const path of ['/api/board', '/api/appointments/{appointmentId}/move', '/api/planned-consultations']) {
    expect(Object.keys(paths)).toContain(path);
  }
  const [calendar] = Object.keys(paths).filter((path) => path.startsWith('/api/calendar/'));
  expect(Object.keys(paths[calendar ?? ''].get.responses['200'].content)).toEqual(['text/calendar']);
  expect(Object.keys(paths['/api/day-end.csv'].get.responses['200'].content)).toEqual(['text/csv']);
});
