import type { LicenceId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { newId } from '../../kernel/ids.ts';
import { LicenceService } from './licence.service.ts';

const entered = (validFrom: string, validTo: string) =>
  ({ number: 'KZ20VBG00012345', issuer: 'Жамбыл облысының денсаулық сақтау басқармасы', validFrom, validTo }) as never;

async function createDesk() {
  const desk = await createConsultDesk();
  const licences = new LicenceService({ store: desk.store, clock: desk.clock });
  const admin = desk.world.admin.actor;
  const whose = desk.world.cardio.practitionerId;
  const add = (from: string, to: string, id = newId<LicenceId>(), practitionerId: PractitionerId = whose) =>
    licences.add(admin, practitionerId, id, entered(from, to));
  return { ...desk, licences, admin, whose, add };
}

describe('licences of specialists', () => {
  test('what was entered stands with its days; again is harmless, another content under its id is refused', async () => {
    const { licences, add, whose, audited, raw } = await createDesk();
    const id = newId<LicenceId>();
    const person = await add('2026-01-01', '2026-12-10', id);
    expect(person).toMatchObject({ standing: 'ending', validUntil: '2026-12-10', practitioner: { id: whose } });
    expect(await add('2026-01-01', '2026-12-10', id)).toEqual(person);
    expect(audited(whose).map(({ action }) => action)).toEqual(['practitioner.add_licence']);
    await expect(add('2026-01-01', '2027-12-10', id)).rejects.toThrow('idempotency.key_reused');
    await expect(add('2026-02-01', '2026-01-01')).rejects.toMatchObject({
      code: 'request.invalid',
      fields: [{ path: 'validTo', code: 'before_from' }],
    });
    await expect(add('2026-01-01', '2026-02-01', undefined, newId())).rejects.toThrow('practitioner.not_found');
    // The next one follows without a gap.
    expect(await add('2026-12-11', '2031-12-10')).toMatchObject({ standing: 'valid', validUntil: '2031-12-10' });
    expect((await licences.list({ q: '', limit: 50 })).counts).toMatchObject({ valid: 1, none: expect.any(Number) });
    for (const sql of [
      "update practitioner_licence set valid_to = '2040-01-01'",
      'delete from practitioner_licence',
      "update practitioner_licence set withdrawn_from = '2026-01-01', withdrawn_at = 'x', number = 'other'",
    ]) {
      expect(() => raw.prepare(sql).run(), sql).toThrow('stays as it was entered');
    }
  });

  test('is withdrawn once, for good, and only under its own person', async () => {
    const { licences, add, admin, whose, world, raw, audited } = await createDesk();
    const id = newId<LicenceId>();
    await add('2026-01-01', '2030-12-31', id);
    const withdrawn = { from: '2026-11-23', reason: 'Бұйрық № 7' } as never;
    const foreign = licences.withdraw(admin, world.neuro.practitionerId, id, withdrawn);
    await expect(foreign).rejects.toThrow('licence.not_found');
    expect(await licences.withdraw(admin, whose, id, withdrawn)).toMatchObject({ standing: 'ended', validUntil: null });
    await licences.withdraw(admin, whose, id, withdrawn);
    const actions = audited(whose).map(({ action }) => action);
    expect(actions).toEqual(['practitioner.add_licence', 'practitioner.withdraw_licence']);
    const other = licences.withdraw(admin, whose, id, { from: '2029-01-01', reason: 'Басқа' } as never);
    await expect(other).rejects.toThrow('licence.withdrawn');
    expect(() =>
      raw.prepare('update practitioner_licence set withdrawn_from = null, withdrawn_at = null').run(),
    ).toThrow('stays as it was entered');
  });

  test('everybody by name, page by page to the end, folded as people type', async () => {
    const { licences, add } = await createDesk();
    await add('2020-01-01', '2025-12-31');
    const all = await licences.list({ q: '', limit: 200 });
    expect(all).toMatchObject({ next: null, total: all.people.length });
    const seen: string[] = [];
    let after: PractitionerId | undefined;
    do {
      const page = await licences.list({ q: '', limit: 1, after });
      expect(page.total).toBe(all.total);
      seen.push(...page.people.map(({ practitioner }) => practitioner.id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(all.people.map(({ practitioner }) => practitioner.id));
    const found = await licences.list({ q: 'АХМЕТ', limit: 50 });
    expect(found.people.map(({ practitioner }) => practitioner.displayName)).toEqual(['Ахметов Ерлан']);
    expect((await licences.list({ q: '', standing: 'ended', limit: 50 })).people).toHaveLength(1);
  });
});
