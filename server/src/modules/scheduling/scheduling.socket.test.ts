import type { AddressInfo } from 'node:net';
import type { LightMyRequestResponse } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { cookieOf, createTestApp } from '../../../test/build-app.ts';
import { createSpecialist, createUser, newConsultation, PASSWORD, type TestUser } from '../../../test/factories.ts';
import { LiveClient } from '../../../test/live-client.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { at, healthcareService, TUESDAY, weekly } from '../../../test/schedule-desk.ts';
import { createWorld } from '../../../test/world.ts';
import { newId } from '../../kernel/ids.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import { rosterRepository } from './roster.repository.ts';

const OTHER_REGION = 'akmola';
const REGION = 'zhambyl';

/** The whole app, listening; two coordinators of the oblast, one of another, one of everywhere, both stations and specialists. */
async function createLiveDesk() {
  const app = await createTestApp();
  const { store } = app;
  const world = await createWorld(store);
  const raw = openRaw(store);
  const assign = raw.prepare('insert into coordinator_region (user_id, region) values (?, ?)');
  const coordinator = async (region: string | null): Promise<TestUser> => {
    const user = await createUser(store, { role: 'coordinator' });
    if (region !== null) assign.run(user.actor.userId, region);
    return user;
  };
  raw.prepare('insert into organization_region (organization_id, region) values (?, ?)').run(world.hospital, REGION);
  const people = {
    mover: await coordinator(REGION),
    colleague: await coordinator(REGION),
    foreigner: await coordinator(OTHER_REGION),
    everywhere: await coordinator(null),
    station: world.feldsher,
    otherStation: world.otherFeldsher,
    cardio: world.cardio,
    neuro: world.neuro,
  };
  const by = { at: '2026-11-01T00:00:00.000Z' as const, userId: world.coordinator.actor.userId } as never;
  await store.transaction(async (tx) => {
    const service = healthcareService({ code: 'cardiology-video', specialty: world.cardiology });
    await healthcareServiceRepository.save(tx, service);
    await rosterRepository.insertTemplate(tx, weekly(world.cardio.practitionerId, service.code), by);
  });

  await app.app.http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.app.http.server.address() as AddressInfo;
  app.app.origins.allowLoopback(port);
  const connect = async ({ login }: TestUser): Promise<LiveClient> => {
    const cookie = cookieOf(await app.trySignIn(login, PASSWORD));
    const client = new LiveClient(`http://127.0.0.1:${port}`, cookie.slice(cookie.indexOf('=') + 1));
    onTestFinished(() => client.close());
    return client.connected();
  };
  const live = {} as Record<keyof typeof people, LiveClient>;
  for (const [name, user] of Object.entries(people)) live[name as keyof typeof people] = await connect(user);

  const [station, mover] = [await app.signIn(people.station), await app.signIn(people.mover)];
  const request = { ...newConsultation({ specialty: world.cardiology, urgency: 'routine' }) };
  await station({
    method: 'POST',
    url: '/api/planned-consultations',
    payload: { ...request, patientId: world.patient },
  }).then(ok);
  return { ...app, world, people, live, station, mover, requestId: request.id };
}

function ok(answer: LightMyRequestResponse) {
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json();
}

/** Everything of the schedule that somebody was told. */
const toldOf = (client: LiveClient) => client.told.filter(({ name }) => /^(schedule|waitlist):/.test(name));

/** Waits until a booking was told to the one who hears everything: all notices of one change leave in one turn. */
async function settle(live: Readonly<Record<string, LiveClient>>): Promise<void> {
  await live.everywhere?.hears('schedule:changed');
  await live.everywhere?.hears('waitlist:changed');
  // An answer on the same socket, be it a refusal, comes after all that was said before it.
  for (const client of Object.values(live)) await client.raw('media:capabilities', {});
}

test('another coordinator’s booking arrives; a foreign oblast, station and specialist hear nothing', async () => {
  const { live, mover, people, world, requestId } = await createLiveDesk();
  const { practitionerId } = world.cardio;
  const payload = {
    operationId: newId(),
    id: newId(),
    requestId,
    practitionerId,
    startsAt: at(TUESDAY, '09:00'),
  };
  ok(await mover({ method: 'POST', url: '/api/appointments', payload }));
  const full = { practitionerIds: [practitionerId], stationIds: [world.station], days: [TUESDAY] };
  // Colleagues hear who it was; the station and the specialist only that something is new.
  const author = { displayName: people.mover.actor.displayName, appointmentIds: [payload.id] };
  expect(await live.colleague.hears('schedule:changed')).toEqual({ ...full, author });
  expect(await live.mover.hears('schedule:changed')).toEqual({ ...full, author });
  expect(await live.everywhere.hears('schedule:changed')).toEqual({ ...full, author });
  expect(await live.station.hears('schedule:changed')).toEqual(full);
  expect(await live.cardio.hears('schedule:changed')).toEqual({ ...full, stationIds: [] });
  expect(await live.colleague.hears('waitlist:changed')).toEqual({
    specialties: [world.cardiology],
    stationIds: [world.station],
  });
  await settle(live);
  for (const name of ['foreigner', 'otherStation', 'neuro'] as const) expect(toldOf(live[name]), name).toEqual([]);
  const all = JSON.stringify(Object.values(live).map(toldOf));
  expect(all).not.toContain(world.patient);
  expect(all).not.toContain(requestId);
  expect(all).not.toMatch(/Жақсыбекова/);
});

test('who works for the whole country is on every board: there without the station', async () => {
  const { live, station, store, world, requestId } = await createLiveDesk();
  const raw = openRaw(store);
  const centre = newId<string>();
  raw
    .prepare("insert into organization (id, bin, name_kk, name_ru, name_en) values (?, '123456789012', 'а', 'а', 'a')")
    .run(centre);
  const professor = await createSpecialist(store, { organizationId: centre as never, specialty: world.cardiology });
  const by = { at: '2026-11-01T00:00:00.000Z', userId: world.coordinator.actor.userId } as never;
  await store.transaction((tx) =>
    rosterRepository.insertTemplate(tx, weekly(professor.practitionerId, 'cardiology-video'), by),
  );
  const { practitionerId } = professor;
  const payload = { operationId: newId(), id: newId(), requestId, practitionerId, startsAt: at(TUESDAY, '09:00') };
  ok(await station({ method: 'POST', url: '/api/appointments', payload }));
  expect(await live.foreigner.hears('schedule:changed')).toEqual({
    practitionerIds: [practitionerId],
    stationIds: [],
    days: [TUESDAY],
  });
  expect((await live.colleague.hears('schedule:changed')).stationIds).toEqual([world.station]);
  await settle(live);
  expect(live.foreigner.heard('waitlist:changed')).toEqual([]);
});

test('a hold is seen by colleagues at once, a day off by everybody, and what is refused by nobody', async () => {
  const { live, mover, signIn, world } = await createLiveDesk();
  const { practitionerId } = world.cardio;
  const hold = { method: 'PUT', url: `/api/slot-holds/${newId()}` } as const;
  const missing = await mover({ ...hold, payload: { practitionerId, startsAt: at(TUESDAY, '03:00') } });
  expect(missing.json().code).toBe('slot.unavailable');
  ok(await mover({ ...hold, payload: { practitionerId, startsAt: at(TUESDAY, '10:00') } }));
  expect(await live.colleague.hears('schedule:changed')).toEqual({
    practitionerIds: [practitionerId],
    stationIds: [],
    days: [TUESDAY],
  });
  const admin = await signIn(world.admin);
  const payload = { kind: 'day_off', name: { kk: 'а', ru: 'а', en: 'a' }, worksAs: null, source: '№ 1', seenAt: null };
  ok(await admin({ method: 'PUT', url: `/api/special-days/${TUESDAY}`, payload }));
  for (const name of ['foreigner', 'neuro', 'otherStation'] as const) {
    expect(await live[name].hears('schedule:changed'), name).toEqual({
      practitionerIds: [],
      stationIds: [],
      days: [TUESDAY],
    });
    expect(toldOf(live[name]), name).toHaveLength(1);
  }
  expect(live.colleague.heard('schedule:changed')).toHaveLength(2);
});
