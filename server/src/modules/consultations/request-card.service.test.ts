import { createHash } from 'node:crypto';
import type { ConsentInput } from '@jaqyn/shared/consents/consent';
import { EMPTY_CARD, type RequestCardInput } from '@jaqyn/shared/consultations/request-card.contract';
import type { ConsentId, ConsentTextId, ProtocolVersionId, RequestId } from '@jaqyn/shared/kernel/ids';
import { EMPTY_SUMMARY } from '@jaqyn/shared/patients/patient-summary';
import type { CompletenessContent } from '@jaqyn/shared/protocols/protocol.contract';
import { describe, expect, test } from 'vitest';
import { createTestServices } from '../../../test/build-services.ts';
import { newConsultation, newPatient } from '../../../test/factories.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createWorld } from '../../../test/world.ts';
import { newId } from '../../kernel/ids.ts';

async function createDesk() {
  const services = await createTestServices();
  const world = await createWorld(services.store);
  const raw = openRaw(services.store);
  const { consultations, protocols, consents, patients } = services;
  const station = world.feldsher.actor;
  const inForce = await protocols.listInForce();
  const danger = (code: string) => {
    const found = inForce.find((one) => one.kind === 'danger_signs' && one.code === code);
    if (found?.kind !== 'danger_signs') throw new Error(code);
    return found;
  };
  const texts = await consents.listTexts(station, false);
  const kk = texts.find(({ language }) => language === 'kk');
  if (kk === undefined) throw new Error('no text');
  const given = (changes: object = {}): ConsentInput => ({
    kind: 'given',
    id: newId<ConsentId>(),
    textId: kk.id,
    sha256: kk.sha256,
    method: 'oral',
    representative: '',
    ...changes,
  });
  /** A mother of 30, and a child of three with its mother. */
  const mother = (await patients.registerPatient(station, newPatient({ birthDate: '1996-05-01' as never }))).patient.id;
  const child = (await patients.registerPatient(station, newPatient({ birthDate: '2023-05-01' as never }))).patient.id;
  return {
    ...services,
    world,
    raw,
    station,
    danger,
    kk,
    given,
    mother,
    child,
    ask: (card: Partial<RequestCardInput> | undefined, changes: object = {}) =>
      consultations.createConsultation(
        station,
        newConsultation({
          specialty: world.cardiology,
          patientId: mother,
          urgency: 'urgent',
          ...(card && { card: { ...EMPTY_CARD, ...card } }),
          ...changes,
        }),
      ),
    count: (table: string) => raw.prepare(`select count(*) from ${table}`).pluck().get(),
  };
}
const checked = (id: ProtocolVersionId, signs: string[], overrideReason = '') => ({
  pregnancy: 'pregnant' as const,
  dangerCheck: { protocols: [{ id, signs }], overrideReason },
});

describe('with the request', () => {
  test('everything on the card is stored with it, once, and judged by the protocol in force', async () => {
    const { ask, danger, given, world, count, consultations, mother } = await createDesk();
    const card = {
      complaints: 'Бас ауруы',
      anamnesis: 'Үш күн',
      urgencyReason: '',
      notPossible: { ecg: 'Аппарат сынған' },
      ...checked(danger('pregnancy').id, ['swelling']),
      consent: given(),
      confirmedSummary: 0,
    };
    const id = newId<RequestId>();
    const view = await ask(card, { id });
    expect(view.card).toMatchObject({
      complaints: 'Бас ауруы',
      version: 1,
      asksDanger: true,
      dangerCheck: { raisedTo: 'urgent', signs: [{ key: 'swelling' }], overrideReason: '' },
      consent: { kind: 'given', method: 'oral', text: { version: 1, language: 'kk' } },
      completeness: { protocolVersion: 1, expected: 6 },
    });
    expect(view.card?.summaryConfirmedAt).toBe(view.createdAt);
    const stateOf = (key: string) => view.card?.completeness?.items.find((item) => item.key === key)?.state;
    expect([stateOf('patient'), stateOf('allergies'), stateOf('ecg')]).toEqual(['ready', 'missing', 'not_possible']);

    const again = await ask(card, { id });
    expect(again).toEqual(view);
    expect(['request_card', 'danger_check', 'consent', 'summary_confirmation'].map(count)).toEqual([1, 1, 1, 1]);
    await expect(ask({ ...card, complaints: 'Басқа' }, { id })).rejects.toThrow('idempotency.key_reused');
    // Whoever reads it sees the same.
    expect((await consultations.getConsultation(world.coordinator.actor, id)).card).toEqual(view.card);
    expect(mother).toBeDefined();
  });

  test('signs that ask for more urgency want a reason, and nothing is stored without', async () => {
    const { ask, danger, count } = await createDesk();
    const { id } = danger('pregnancy');
    await expect(ask(checked(id, ['bleeding']))).rejects.toThrow('danger_check.reason_required');
    expect([count('service_request'), count('danger_check'), count('request_card')]).toEqual([0, 0, 0]);
    expect((await ask(checked(id, ['bleeding'], 'Дәрігер қарады'))).card?.dangerCheck).toMatchObject({
      raisedTo: 'stat',
      overrideReason: 'Дәрігер қарады',
    });
    const stat = await ask(checked(id, ['bleeding']), { urgency: 'stat' });
    expect(stat.card?.dangerCheck).toMatchObject({ raisedTo: 'stat', overrideReason: '' });
  });

  test.each([
    ['an unknown sign', (id: ProtocolVersionId) => checked(id, ['no_such_sign'])],
    ['an unknown protocol', () => checked(newId<ProtocolVersionId>(), [])],
  ])('%s is refused', async (_what, cardOf) => {
    const { ask, danger } = await createDesk();
    await expect(ask(cardOf(danger('pregnancy').id))).rejects.toThrow('request.invalid');
  });

  test('a child needs somebody who answers for them; an emergency does not wait for that', async () => {
    const { ask, child, patients, station } = await createDesk();
    await expect(ask({}, { patientId: child })).rejects.toThrow('patient.representative_required');
    await expect(ask({}, { patientId: child, urgency: 'stat' })).resolves.toBeDefined();
    const representatives = [{ name: 'Анасы', relationship: 'mother' as const, phone: '' }];
    await patients.saveSummary(station, child, { baseVersion: 0, summary: { ...EMPTY_SUMMARY, representatives } });
    await expect(ask({}, { patientId: child })).resolves.toBeDefined();
  });

  test('children and mothers are asked, others are not', async () => {
    const { ask, child, world } = await createDesk();
    const asks = async (changes: object, card = {}) => (await ask(card, changes)).card?.asksDanger;
    expect(await asks({ patientId: child, urgency: 'stat' })).toBe(true);
    expect(await asks({}, { pregnancy: 'postpartum' })).toBe(true);
    expect(await asks({}, { pregnancy: 'no' })).toBe(false);
    expect(await asks({ patientId: world.patient }, { pregnancy: 'pregnant' })).toBe(true);
    expect(await asks({ patientId: null, urgency: 'stat' })).toBe(false);
  });
});

describe('completed in the call', () => {
  async function createEmergency() {
    const desk = await createDesk();
    const { consultations, station, calling, world } = desk;
    const { id } = await desk.ask(undefined, { patientId: null, urgency: 'stat' });
    await calling.answer(world.cardio.actor, id);
    await consultations.setPatient(station, id, desk.mother);
    const save = (card: Partial<RequestCardInput>, baseVersion = 1) =>
      desk.cards.save(station, id, { baseVersion, card: { ...EMPTY_CARD, ...card } });
    return { ...desk, id, save };
  }

  test('the specialist sees it, yesterday’s tab is refused, the same again is harmless', async () => {
    const { save, id, consultations, world, given } = await createEmergency();
    const card = { complaints: 'Кеуде ауруы', consent: given(), confirmedSummary: 0 };
    const saved = await save(card);
    expect(saved.card).toMatchObject({ complaints: 'Кеуде ауруы', version: 2, consent: { kind: 'given' } });
    expect((await save(card)).card).toEqual(saved.card);
    expect((await consultations.getConsultation(world.cardio.actor, id)).card).toEqual(saved.card);
    await expect(save({ complaints: 'Ескі бет' })).rejects.toThrow('request_card.changed');
    expect((await consultations.getConsultation(world.cardio.actor, id)).card?.complaints).toBe('Кеуде ауруы');
  });

  test('not by another station, not by the specialist, not after it is over', async () => {
    const { id, cards, world, consultations, station } = await createEmergency();
    const change = { baseVersion: 1, card: EMPTY_CARD };
    for (const actor of [world.otherFeldsher.actor, world.cardio.actor]) {
      await expect(cards.save(actor, id, change)).rejects.toThrow('consultation.not_found');
    }
    await consultations.cancel(station, id, 'Тест');
    await expect(cards.save(station, id, change)).rejects.toThrow('consultation.state_conflict');
  });

  test('danger signs found later raise the urgency, a reason keeps it', async () => {
    const { ask, cards, station, danger } = await createDesk();
    const save = (id: RequestId, card: object) =>
      cards.save(station, id, { baseVersion: 1, card: { ...EMPTY_CARD, ...card } });
    const { id: protocol } = danger('pregnancy');
    const first = await ask({}, { urgency: 'routine' });
    expect((await save(first.id, checked(protocol, ['fever']))).urgency).toBe('asap');
    const second = await ask({}, { urgency: 'routine' });
    expect((await save(second.id, checked(protocol, ['fever'], 'Ұзаққа созылған, тексерілген'))).urgency).toBe(
      'routine',
    );
  });
});

describe('consent', () => {
  test('the texts that came along have the sum that is named', async () => {
    const { consents, world } = await createDesk();
    const texts = await consents.listTexts(world.admin.actor, true);
    expect(texts.map(({ language }) => language)).toEqual(['en', 'kk', 'ru']);
    for (const { text, sha256 } of texts) {
      expect(createHash('sha256').update(text, 'utf8').digest('hex')).toBe(sha256);
      expect(text.normalize('NFC').trim()).toBe(text);
    }
  });

  test.each([
    ['another text than was read', { sha256: '0'.repeat(64) }, 'consent.text_changed'],
    ['an unknown text', { textId: newId<ConsentTextId>() }, 'consent.text_changed'],
    ['a representative without a name', { method: 'representative' }, 'consent.representative_required'],
  ])('%s: refused, and the request with it', async (_what, wrong, code) => {
    const { ask, given, count } = await createDesk();
    await expect(ask({ consent: given(wrong) })).rejects.toThrow(code);
    expect([count('consent'), count('service_request')]).toEqual([0, 0]);
  });

  test('given, withdrawn, given again: each word stays, the last counts', async () => {
    const { ask, cards, station, given, store, raw } = await createDesk();
    const { consentRepository } = await import('../consents/consent.repository.ts');
    const { id } = await ask({ consent: given() });
    const settled = () => store.read((tx) => consentRepository.listSettled(tx, [id]));
    expect([...(await settled())]).toEqual([id]);
    const withdrawal = { kind: 'withdrawn' as const, id: newId<ConsentId>(), reason: 'Өзі сұрады' };
    expect(await cards.recordConsent(station, id, withdrawal)).toMatchObject({
      kind: 'withdrawn',
      reason: 'Өзі сұрады',
    });
    await cards.recordConsent(station, id, withdrawal);
    expect([...(await settled())]).toEqual([]);
    const another = { ...withdrawal, id: newId<ConsentId>() };
    await expect(cards.recordConsent(station, id, another)).rejects.toThrow('consent.nothing_to_withdraw');
    await cards.recordConsent(station, id, given());
    expect((await cards.listConsents(station, id)).map(({ kind }) => kind)).toEqual(['given', 'withdrawn', 'given']);
    expect([...(await settled())]).toEqual([id]);
    expect(() => raw.prepare("update consent set kind = 'given', reason = 'x'").run()).toThrow('never changes');
    expect(() => raw.prepare('delete from consent').run()).toThrow('never changes');
  });

  test('a new text counts from its day on; the old one is taken for the drafts of a week', async () => {
    const { ask, consents, world, given, kk, clock, station } = await createDesk();
    const admin = world.admin.actor;
    const day = (days: number) =>
      new Date(clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10) as never;
    const next = { id: newId<ConsentTextId>(), language: 'kk' as const, baseVersion: 1, text: 'Жаңа мәтін' };
    await expect(consents.saveText(admin, { ...next, effectiveFrom: day(-2) })).rejects.toThrow('consent_text.past');
    const saved = await consents.saveText(admin, { ...next, effectiveFrom: day(2) });
    expect(saved).toMatchObject({ version: 2 });
    await expect(
      consents.saveText(admin, { ...next, id: newId<ConsentTextId>(), effectiveFrom: day(3) }),
    ).rejects.toThrow('consent_text.changed');
    const early = given({ textId: saved.id, sha256: saved.sha256 });
    await expect(ask({ consent: early })).rejects.toThrow('consent.text_changed');
    clock.advance({ seconds: 4 * 86_400 });
    expect((await consents.listTexts(station, true)).map(({ version }) => version)).toEqual([1, 2, 1]);
    expect((await ask({ consent: given() })).card?.consent?.text?.sha256).toBe(kk.sha256);
    clock.advance({ seconds: 8 * 86_400 });
    await expect(ask({ consent: given() })).rejects.toThrow('consent.text_changed');
  });
});

describe('protocols', () => {
  const label = { kk: 'Н', ru: 'П', en: 'P' };
  const content: CompletenessContent = { items: [{ key: 'patient', label, rule: { kind: 'patient' } }] };

  test('a new version judges what comes from its day on; what was before keeps its own', async () => {
    const { ask, protocols, world, consultations, station, cards, clock } = await createDesk();
    const admin = world.coordinator.actor;
    const before = await ask({});
    const today = new Date(clock.now().getTime() + 5 * 3_600_000).toISOString().slice(0, 10) as never;
    const change = { kind: 'completeness' as const, code: 'cardiology', baseVersion: 1, effectiveFrom: today, content };
    const id = newId<ProtocolVersionId>();
    const preview = await cards.preview('cardiology', content);
    expect(preview).toEqual([
      { number: before.number, before: { ready: 3, expected: 6 }, after: { ready: 1, expected: 1 } },
    ]);
    const saved = await protocols.save(admin, id, change);
    expect(await protocols.save(admin, id, change)).toEqual(saved);
    const after = await ask({});
    expect(after.card?.completeness).toMatchObject({ protocolVersion: 2, ready: 1, expected: 1 });
    const again = await consultations.getConsultation(station, before.id);
    expect(again.card?.completeness).toMatchObject({ protocolVersion: 1, ready: 3, expected: 6 });

    await expect(protocols.save(admin, newId<ProtocolVersionId>(), change)).rejects.toThrow('protocol.changed');
    const past = { ...change, baseVersion: 2, effectiveFrom: '2026-01-05' as never };
    await expect(protocols.save(admin, newId<ProtocolVersionId>(), past)).rejects.toThrow('protocol.past');
  });

  test('files count as soon as they are stored, by what they show', async () => {
    const { ask, raw, world, consultations, station } = await createDesk();
    const { id } = await ask({});
    const ecg = async () =>
      (await consultations.getConsultation(station, id)).card?.completeness?.items.find(({ key }) => key === 'ecg')
        ?.state;
    expect(await ecg()).toBe('missing');
    const insert = (status: string, storedAt: string | null) =>
      raw
        .prepare(
          `insert into attachment (id, request_id, kind, note, file_name, status, byte_length, sha256, pages, uploaded_by, created_at, expires_at, stored_at)
           values (?, ?, 'ecg', '', 'a.jpg', ?, 10, ?, 1, ?, '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z', ?)`,
        )
        .run(newId<string>(), id, status, 'a'.repeat(64), world.feldsher.actor.userId, storedAt);
    insert('uploading', null);
    expect(await ecg()).toBe('missing');
    insert('stored', '2026-11-22T00:00:01.000Z');
    expect(await ecg()).toBe('ready');
  });
});
