import { expect, test } from 'vitest';
import { createTestServices } from '../../../test/build-services.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createWorld } from '../../../test/world.ts';

async function createStations() {
  const services = await createTestServices();
  const world = await createWorld(services.store);
  const idsFor = async (who: 'feldsher' | 'cardio' | 'coordinator') =>
    (await services.stations.listStations(world[who].actor)).map((station) => station.id);
  return { ...services, world, idsFor, raw: openRaw(services.store) };
}

test('a feldsher sees the own station, others all of them', async () => {
  const { world, idsFor } = await createStations();
  expect(await idsFor('feldsher')).toEqual([world.station]);
  for (const who of ['cardio', 'coordinator'] as const) {
    expect((await idsFor(who)).sort()).toEqual([world.station, world.otherStation].sort());
  }
});

test('a closed station leaves the list and stays readable for its own', async () => {
  const { world, idsFor, raw, stations } = await createStations();
  raw.prepare('update station set is_active = 0 where id = ?').run(world.station);
  expect(await idsFor('coordinator')).toEqual([world.otherStation]);
  expect((await stations.getStation(world.station)).id).toBe(world.station);
});

test('no station, no answer', async () => {
  const { stations } = await createStations();
  await expect(stations.getStation(null)).rejects.toThrow('station.not_found');
});
