import { FIRST_LIMITS } from '@jaqyn/shared/evidence/judgement';
import type { EvidenceLimitId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { newId } from '../../kernel/ids.ts';
import { EvidenceLimitService } from './evidence-limit.service.ts';

const TODAY = '2026-11-23' as never;
const TOMORROW = '2026-11-24' as never;
const LONGER = { ...FIRST_LIMITS, togetherSeconds: 300 };

async function createDesk() {
  const desk = await createConsultDesk();
  const limits = new EvidenceLimitService({ store: desk.store, clock: desk.clock });
  const { newestId } = await limits.list();
  const admin = desk.world.admin.actor;
  const save = (change: object = {}, id = newId<EvidenceLimitId>()) =>
    limits.save(admin, id, { seenId: newestId, effectiveFrom: TODAY, limits: LONGER, ...change });
  const judgedFrom = async (requestId: Awaited<ReturnType<typeof desk.callAndAnswer>>) => {
    const { judgement } = await desk.evidence.getEvidence(admin, requestId);
    const together = judgement.rules.find(({ rule }) => rule === 'together');
    return { from: judgement.limitsFrom, limit: together?.limit };
  };
  return { ...desk, limits, newestId, admin, save, judgedFrom };
}

describe('limits of a payable consult', () => {
  test('the first edition came with the product and says what the code says', async () => {
    const { limits } = await createDesk();
    expect(await limits.list()).toMatchObject({
      current: FIRST_LIMITS,
      editions: [
        { effectiveFrom: '2026-01-01T00:00:00.000Z', limits: FIRST_LIMITS, createdByName: null, state: 'in_force' },
      ],
    });
  });

  test('a new edition judges what is asked from then on; what was asked before keeps the limits of its day', async () => {
    const { save, judgedFrom, callAndAnswer, call, clock, limits } = await createDesk();
    const before = await call();
    expect(await judgedFrom(before)).toEqual({ from: '2026-01-01T00:00:00.000Z', limit: null });
    clock.advance({ seconds: 60 });
    const saved = await save();
    // Today begins now, not at midnight: the request of a minute ago stays judged as it was.
    expect(saved).toMatchObject({
      effectiveFrom: clock.instant(),
      state: 'in_force',
      createdByName: expect.any(String),
    });
    clock.advance({ seconds: 60 });
    const after = await callAndAnswer();
    expect(await judgedFrom(after)).toEqual({ from: saved.effectiveFrom, limit: 300 });
    expect(await judgedFrom(before)).toMatchObject({ from: '2026-01-01T00:00:00.000Z' });
    expect((await limits.list()).editions.map(({ state }) => state)).toEqual(['in_force', 'replaced']);
  });

  test('one for another day begins at its local midnight, and another of the same day takes its place', async () => {
    const { save, limits, clock } = await createDesk();
    const first = await save({ effectiveFrom: TOMORROW });
    expect(first).toMatchObject({ effectiveFrom: '2026-11-23T19:00:00.000Z', state: 'to_come' });
    clock.advance({ seconds: 1 });
    const second = await save({ effectiveFrom: TOMORROW, seenId: first.id, limits: { ...LONGER, clockSeconds: 9 } });
    const listed = await limits.list();
    expect(listed.current).toEqual(FIRST_LIMITS);
    expect(listed.editions.map(({ id, state }) => [id, state])).toEqual([
      [second.id, 'to_come'],
      [first.id, 'replaced'],
      [expect.any(String), 'in_force'],
    ]);
    clock.advance({ seconds: 86_400 });
    expect((await limits.list()).current.clockSeconds).toBe(9);
  });

  test('again is harmless; a day that has been, an unseen edition and a known id for something else are refused', async () => {
    const { save, audited, admin, raw } = await createDesk();
    await expect(save({ effectiveFrom: '2026-11-22' })).rejects.toMatchObject({ code: 'evidence_limit.past' });
    const id = newId<EvidenceLimitId>();
    const saved = await save({}, id);
    expect(await save({}, id)).toEqual(saved);
    await expect(save({ limits: FIRST_LIMITS }, id)).rejects.toMatchObject({ code: 'idempotency.key_reused' });
    await expect(save()).rejects.toMatchObject({ code: 'evidence_limit.changed' });
    expect(raw.prepare('select count(*) from evidence_limit').pluck().get()).toBe(2);
    expect(audited(id)).toEqual([{ action: 'evidence_limit.save', actorId: admin.userId }]);
  });

  test('no edition is ever changed or taken away', async () => {
    const { raw } = await createDesk();
    expect(() => raw.exec("update evidence_limit set limits = '{}'")).toThrow('never changes');
    expect(() => raw.exec('delete from evidence_limit')).toThrow('never changes');
  });
});
