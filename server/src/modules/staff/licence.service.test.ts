import type { LicenceId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { CONCLUSION, createConsultDesk } from '../../../test/consult-desk.ts';
import { newConsultation, PASSWORD } from '../../../test/factories.ts';
import { newId } from '../../kernel/ids.ts';
import { BookedRequestService } from '../consultations/booked-request.service.ts';
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

describe('from the moment on that no licence holds', () => {
  const withdrawn = { from: '2026-11-23', reason: 'Бұйрық № 7' } as never;

  /** `whose` had a licence until now. */
  async function withdrawFrom(desk: Awaited<ReturnType<typeof createDesk>>, whose: PractitionerId) {
    const id = newId<LicenceId>();
    await desk.add('2020-01-01', '2030-12-31', id, whose);
    await desk.licences.withdraw(desk.admin, whose, id, withdrawn);
  }

  test('nothing rings, nobody is proposed, and what rings already cannot be answered', async () => {
    const desk = await createDesk();
    const { world, whose, calling, cardio, staff, triage, coordinator } = desk;
    const ringing = await desk.call();
    expect(desk.ringingAt(ringing)).toContain(whose);
    await withdrawFrom(desk, whose);
    await expect(calling.answer(cardio, ringing)).rejects.toThrow('licence.ended');
    expect(desk.statusOf(ringing)).toBe('ringing');
    expect(await staff.getAvailability(cardio)).toMatchObject({ licence: { standing: 'ended', until: null } });
    const [cardiology] = (await staff.listSpecialties()).filter(({ code }) => code === world.cardiology);
    expect(cardiology?.onCallNow).toBe(2);
    // A colleague of the same rung is rung as before; of whom nobody entered a licence nobody is held up.
    await calling.answer(desk.cardioTwin, ringing);
    const next = await desk.call();
    expect(desk.ringingAt(next)).not.toContain(whose);

    const planned = await desk.consultations.createPlanned(desk.feldsher, {
      ...newConsultation({ specialty: world.cardiology, patientId: world.patient }),
      urgency: 'routine',
      patientId: world.patient,
    } as never);
    const candidates = await triage.listCandidates(coordinator, planned.id);
    expect(candidates.map(({ id }) => id)).not.toContain(whose);
    const written = { baseVersion: planned.version, how: 'written', practitionerId: whose } as const;
    await expect(triage.accept(coordinator, planned.id, written)).rejects.toThrow('practitioner.not_found');
    expect(desk.statusOf(planned.id)).toBe('in_triage');
    // The next licence, entered a minute later, is enough.
    await desk.add('2026-11-23', '2031-11-22');
    expect(await triage.accept(coordinator, planned.id, written)).toMatchObject({ status: 'async_assigned' });
  });

  test('nothing is taken from the list, neither for a call nor to be answered in writing', async () => {
    const desk = await createDesk();
    const { calling, cardio, triage, whose } = desk;
    const id = await desk.call();
    desk.raw.prepare("update service_request set status = 'in_triage', ring_deadline = null where id = ?").run(id);
    await withdrawFrom(desk, whose);
    await expect(calling.answer(cardio, id)).rejects.toThrow('licence.ended');
    const { version } = await desk.consultations.getConsultation(desk.feldsher, id);
    const written = { baseVersion: version, how: 'written', practitionerId: null } as const;
    await expect(triage.accept(cardio, id, written)).rejects.toThrow('licence.ended');
    expect(desk.statusOf(id)).toBe('in_triage');
  });

  test('a booked call is not begun', async () => {
    const desk = await createDesk();
    const { cardio, clock, store, whose } = desk;
    const id = await desk.call();
    desk.raw
      .prepare(
        "update service_request set status = 'checked_in', ring_deadline = null, practitioner_id = ?, is_planned = 1 where id = ?",
      )
      .run(whose, id);
    const begin = () =>
      store.transaction((tx) =>
        new BookedRequestService().bring(tx, [], {
          requestId: id,
          stage: 'in_call',
          actor: cardio,
          at: clock.instant(),
          practitionerId: whose,
        }),
      );
    await withdrawFrom(desk, whose);
    await expect(begin()).rejects.toThrow('licence.ended');
    expect(desk.statusOf(id)).toBe('checked_in');
    await desk.add('2026-11-23', '2031-11-22');
    await begin();
    expect(desk.statusOf(id)).toBe('in_call');
  });

  test('a call that is on goes on and what is written is kept, but nothing is signed until the next is entered', async () => {
    const desk = await createDesk();
    const { calling, cardio, conclusions, signing, clock } = desk;
    // The last day of the licence is over within the call.
    await desk.add('2020-01-01', '2026-11-23');
    const id = await desk.callAndAnswer();
    await conclusions.saveConclusion(cardio, id, 0, CONCLUSION);
    const { sha256 } = await signing.preview(cardio, id);
    clock.advance({ seconds: 86_400 });
    await calling.roomPresenceChanged(id, false);
    expect(await calling.answer(cardio, id)).toMatchObject({ status: 'in_call' });
    await conclusions.saveConclusion(cardio, id, 1, { ...CONCLUSION, findings: 'Түн ортасынан кейін' });
    await conclusions.saveConclusion(cardio, id, 2, CONCLUSION);
    await expect(signing.preview(cardio, id)).rejects.toThrow('licence.ended');
    await expect(signing.sign(cardio, id, sha256, PASSWORD)).rejects.toThrow('licence.ended');
    const items = [{ requestId: id, sha256 }];
    expect(await signing.signAll(cardio, items, PASSWORD)).toEqual([
      { requestId: id, problem: { code: 'licence.ended' } },
    ]);
    expect(desk.raw.prepare('select count(*) from document_signature').pluck().get()).toBe(0);
    expect(desk.statusOf(id)).toBe('in_call');
    await desk.add('2026-11-24', '2031-11-23');
    const anew = await signing.preview(cardio, id);
    expect(await signing.sign(cardio, id, anew.sha256, PASSWORD)).toMatchObject({ status: 'final' });
  });
});
