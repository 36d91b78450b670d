import type { LinkCheckId } from '@jaqyn/shared/kernel/ids';
import { toInstant } from '@jaqyn/shared/kernel/time';
import { describe, expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { LINK_CHECK as CHECK } from '../../../test/factories.ts';
import { newId } from '../../kernel/ids.ts';

async function setUp() {
  const desk = await createConsultDesk();
  const { clock, linkChecks, world, raw } = desk;
  const other = world.otherFeldsher.actor;
  const coordinator = world.coordinator.actor;
  /** The coordinator acts for this oblast only, and the hospital (with both its stations) is there, or is somewhere else. */
  const limitTo = (region: string, hospitalIn: string) => {
    raw.prepare('insert into coordinator_region values (?, ?)').run(coordinator.userId, region);
    raw.prepare('insert or replace into organization_region values (?, ?)').run(world.hospital, hospitalIn);
  };
  const regions = raw.prepare('select code from region order by position limit 2').pluck().all() as [string, string];
  return { ...desk, other, coordinator, limitTo, regions, at: () => toInstant(clock.now()), linkChecks };
}

describe('a check of a computer', () => {
  test('is kept with its station and judged; said again it is one, with the newer word', async () => {
    const { linkChecks, feldsher, clock, at } = await setUp();
    const id = newId<LinkCheckId>();
    const first = at();
    expect(await linkChecks.save(feldsher, id, CHECK)).toEqual({
      ...CHECK,
      id,
      at: first,
      stationId: feldsher.stationId,
      userName: feldsher.displayName,
      grade: 'warn',
    });
    clock.advance({ seconds: 300 });
    await linkChecks.save(feldsher, id, { ...CHECK, speaker: 'heard', rttMs: 60 });
    const { checks } = await linkChecks.list(feldsher, { days: 14 });
    expect(checks.map(({ at: when, speaker, grade }) => [when, speaker, grade])).toEqual([[first, 'heard', 'pass']]);
  });

  test('is nobody else’s to change, and nobody’s after an hour', async () => {
    const { linkChecks, feldsher, other, clock } = await setUp();
    const id = newId<LinkCheckId>();
    await linkChecks.save(feldsher, id, CHECK);
    await expect(linkChecks.save(other, id, CHECK)).rejects.toMatchObject({ code: 'idempotency.key_reused' });
    clock.advance({ seconds: 3660 });
    await expect(linkChecks.save(feldsher, id, CHECK)).rejects.toMatchObject({ code: 'idempotency.key_reused' });
  });

  test('is taken two hundred times a day and no more', async () => {
    const { linkChecks, feldsher, other, clock } = await setUp();
    const ids = Array.from({ length: 200 }, () => newId<LinkCheckId>());
    await Promise.all(ids.map((id) => linkChecks.save(feldsher, id, CHECK)));
    const again = () => linkChecks.save(feldsher, newId<LinkCheckId>(), CHECK);
    await expect(again()).rejects.toMatchObject({ code: 'request.rate_limited' });
    await linkChecks.save(feldsher, ids[0] as LinkCheckId, { ...CHECK, speaker: 'heard' });
    await linkChecks.save(other, newId<LinkCheckId>(), CHECK);
    clock.advance({ seconds: 90_000 });
    await again();
  });

  test('is forgotten after four hundred days', async () => {
    const { linkChecks, feldsher, clock, raw } = await setUp();
    await linkChecks.save(feldsher, newId<LinkCheckId>(), CHECK);
    clock.advance({ seconds: 401 * 86_400 });
    await linkChecks.save(feldsher, newId<LinkCheckId>(), CHECK);
    expect(raw.prepare('select count(*) from link_check').pluck().get()).toBe(1);
  });
});

describe('the network diary', () => {
  test('of a station is for its own people and its coordinator', async () => {
    const { linkChecks, feldsher, other, cardio, coordinator, world } = await setUp();
    await linkChecks.save(feldsher, newId<LinkCheckId>(), CHECK);
    await linkChecks.save(cardio, newId<LinkCheckId>(), { ...CHECK, way: 'turn_tls' });
    const { station } = world;
    expect((await linkChecks.list(feldsher, { days: 1, stationId: station })).checks).toHaveLength(1);
    expect((await linkChecks.list(coordinator, { days: 1, stationId: station })).checks).toHaveLength(1);
    expect((await linkChecks.list(other, { days: 1 })).checks).toEqual([]);
    // A specialist's computer belongs to no station, and is the specialist's own.
    expect((await linkChecks.list(cardio, { days: 1 })).checks.map(({ way }) => way)).toEqual(['turn_tls']);
    for (const [actor, stationId] of [
      [other, station],
      [cardio, station],
      [coordinator, undefined],
      [coordinator, newId<typeof station>()],
    ] as const) {
      await expect(linkChecks.list(actor, { days: 1, stationId })).rejects.toMatchObject({ code: 'station.not_found' });
    }
  });

  test('of another oblast is not a coordinator’s', async () => {
    const { linkChecks, feldsher, coordinator, world, limitTo, regions } = await setUp();
    await linkChecks.save(feldsher, newId<LinkCheckId>(), CHECK);
    limitTo(regions[0], regions[1]);
    await expect(linkChecks.list(coordinator, { days: 1, stationId: world.station })).rejects.toMatchObject({
      code: 'station.not_found',
    });
    expect((await linkChecks.listStations(coordinator)).stations).toEqual([]);
  });

  test('names the stations of the oblast, the worst first', async () => {
    const { linkChecks, feldsher, other, coordinator, clock, at, world, limitTo, regions } = await setUp();
    limitTo(regions[0], regions[0]);
    await linkChecks.save(feldsher, newId<LinkCheckId>(), { ...CHECK, microphone: 'missing' });
    clock.advance({ seconds: 3600 });
    await linkChecks.save(feldsher, newId<LinkCheckId>(), { ...CHECK, speaker: 'heard', rttMs: 50 });
    const newest = at();
    const names = async () =>
      (await linkChecks.listStations(coordinator)).stations.map(({ stationId, last, checks, failed }) => ({
        stationId,
        last,
        checks,
        failed,
      }));
    const own = { stationId: world.station, last: { at: newest, grade: 'pass', step: 'small' }, checks: 2, failed: 1 };
    const unknown = { stationId: world.otherStation, last: null, checks: 0, failed: 0 };
    expect(await names()).toEqual([unknown, own]);
    await linkChecks.save(other, newId<LinkCheckId>(), { ...CHECK, way: null });
    expect(await names()).toEqual([
      { ...unknown, last: { at: newest, grade: 'fail', step: 'small' }, checks: 1, failed: 1 },
      own,
    ]);
  });

  test('holds how calls were at the station, averaged over each', async () => {
    const { linkChecks, linkSamples, feldsher, cardio, callAndAnswer, clock } = await setUp();
    const requestId = await callAndAnswer();
    const sample = {
      seconds: 10,
      sentBps: 60_000,
      receivedBps: 90_000,
      lostPercent: 1,
      rttMs: 600,
      concealedPercent: 2,
      bufferMs: 190,
      queueMs: 45,
      receivedFps: 9.8,
      sentFps: 10,
      frozenMs: 0,
      step: 'small',
      why: 'link',
    } as const;
    const ago = (seconds: number) => toInstant(new Date(clock.now().getTime() - 1000 * seconds));
    await linkSamples.report(feldsher, requestId, 'station', [
      { ...sample, at: ago(10) },
      { ...sample, at: ago(0), rttMs: 800, concealedPercent: 4, sentBps: 80_000 },
    ]);
    await linkSamples.report(cardio, requestId, 'specialist', [{ ...sample, at: ago(0), rttMs: 20 }]);
    const { calls } = await linkChecks.list(feldsher, { days: 1 });
    expect(calls).toEqual([
      {
        requestId,
        at: ago(10),
        minutes: 20 / 60,
        rttMs: 700,
        sentBps: 70_000,
        receivedBps: 90_000,
        concealedPercent: 3,
      },
    ]);
  });
});
