import { createHash } from 'node:crypto';
import type { ConsentInput } from '@jaqyn/shared/consents/consent';
import type { ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import { CONSULTATION_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { CONCLUSION, createConsultDesk } from '../../../test/consult-desk.ts';
import { createPatient, PASSWORD } from '../../../test/factories.ts';
import { rerunning } from '../../../test/rerunning-store.ts';
import { createTestStore } from '../../../test/template-database.ts';
import { newId } from '../../kernel/ids.ts';
import { hashPassword } from '../auth/password.ts';

const MISSING = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;

const withFindings = (findings: string): ConclusionContent => ({ ...CONCLUSION, findings });

/** A call with a draft that could be signed. */
async function createDraft() {
  const desk = await createConsultDesk();
  const id = await desk.callAndAnswer();
  await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
  const { conclusions, signing, cardio } = desk;
  return {
    ...desk,
    id,
    save: (baseVersion: number, content: ConclusionContent) =>
      conclusions.saveConclusion(cardio, id, baseVersion, content),
    preview: () => signing.preview(cardio, id),
    sign: (sha256: string, password = PASSWORD) => signing.sign(cardio, id, sha256, password),
    /** The text in force, and what agreeing to it sends. */
    consent: async () => {
      const [text] = await desk.consents.listTexts(desk.feldsher, false);
      if (text === undefined) throw new Error('there is no text to read');
      const { id: textId, sha256 } = text;
      const given: ConsentInput = { kind: 'given', id: newId(), textId, sha256, method: 'oral', representative: '' };
      return { text, given };
    },
    stored: () => desk.raw.prepare('select * from composition').get() as Record<string, unknown>,
  };
}

describe('autosave', () => {
  test('each save is the next version; what was typed comes back', async () => {
    const { save, conclusions, cardio, id, clock } = await createDraft();
    clock.advance({ seconds: 5 });
    const saved = await save(1, withFindings('екінші'));
    expect(saved).toMatchObject({
      requestId: id,
      status: 'preliminary',
      version: 2,
      content: withFindings('екінші'),
      savedAt: clock.instant(),
      authorName: 'Ахметов Ерлан',
      signedAt: null,
      sha256: null,
    });
    expect(await conclusions.getConclusion(cardio, id)).toEqual(saved);
  });

  test('two tabs from one version: the second is told, nothing is overwritten', async () => {
    const { save, stored } = await createDraft();
    const outcomes = await Promise.allSettled([save(1, withFindings('бір')), save(1, withFindings('екі'))]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'conclusion.version_conflict' } });
    expect(JSON.parse(stored().content as string)).toEqual(withFindings('бір'));
    expect(stored().version).toBe(2);
  });

  test.each([0, 2, 99])('a save that starts from version %i when there is 1 is refused', async (baseVersion) => {
    const { save, stored } = await createDraft();
    await expect(save(baseVersion, withFindings('x'))).rejects.toThrow('conclusion.version_conflict');
    expect(stored().version).toBe(1);
  });

  test('a first save cannot start from a version that never was', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await expect(desk.conclusions.saveConclusion(desk.cardio, id, 1, CONCLUSION)).rejects.toThrow(
      'conclusion.version_conflict',
    );
  });

  test('sent again because the answer was lost: the same answer, one version, one audit row', async () => {
    const { save, audited, clock } = await createDraft();
    const first = await save(1, withFindings('бір'));
    clock.advance({ seconds: 30 });
    expect(await save(1, withFindings('бір'))).toEqual(first);
    expect(audited(first.id).filter(({ action }) => action === 'conclusion.save')).toHaveLength(2);
    await expect(save(1, withFindings('бір!'))).rejects.toThrow('conclusion.version_conflict');
  });

  test('any draft may be saved, however empty', async () => {
    const { save } = await createDraft();
    const empty = { ...CONCLUSION, findings: '', recommendations: [] };
    expect(await save(1, empty)).toMatchObject({ version: 2, content: empty });
  });

  test.each(CONSULTATION_STATES)('while it is %s, and shown for the signature', async (status) => {
    const { save, raw, preview } = await createDraft();
    raw.prepare('update service_request set status = ?').run(status);
    const signable = ['in_call', 'interrupted', 'async_assigned', 'conclusion_draft', 'awaiting_signature'];
    const refusal = status === 'cancelled' ? 'consultation.cancelled' : 'consultation.state_conflict';
    const outcomeOf = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'done',
        (error: Error) => error.message,
      );
    // Writing goes on while the station is asked; the signature waits for its answer.
    expect(await outcomeOf(save(1, withFindings('x')))).toBe(
      [...signable, 'info_requested'].includes(status) ? 'done' : refusal,
    );
    expect(await outcomeOf(preview())).toBe(signable.includes(status) ? 'done' : refusal);
  });

  test('only by the specialist who has the request', async () => {
    const desk = await createDraft();
    for (const actor of [desk.cardioTwin, desk.neuro, desk.feldsher, desk.coordinator, desk.otherFeldsher]) {
      await expect(desk.conclusions.saveConclusion(actor, desk.id, 1, CONCLUSION)).rejects.toThrow(
        'consultation.not_found',
      );
    }
  });
});

describe('who reads it', () => {
  test('the draft: its author alone; signed: station and coordinator too; each reading is audited', async () => {
    const desk = await createDraft();
    const { conclusions, id, sign, preview } = desk;
    for (const actor of [desk.feldsher, desk.coordinator]) {
      await expect(conclusions.getConclusion(actor, id)).rejects.toThrow('conclusion.not_found');
    }
    const signed = await sign((await preview()).sha256);
    for (const actor of [desk.feldsher, desk.coordinator, desk.cardio]) {
      expect(await conclusions.getConclusion(actor, id)).toEqual(signed);
      expect(desk.audited(signed.id).at(-1)).toEqual({ action: 'conclusion.read', actorId: actor.userId });
    }
    for (const actor of [desk.otherFeldsher, desk.cardioTwin, desk.neuro, desk.world.admin.actor]) {
      const [foreign, missing] = await Promise.allSettled([
        conclusions.getConclusion(actor, id),
        conclusions.getConclusion(actor, MISSING),
      ]);
      expect(foreign).toMatchObject({ status: 'rejected', reason: { code: 'consultation.not_found' } });
      expect(foreign).toEqual(missing);
    }
  });

  test('nobody has written yet', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    for (const actor of [desk.cardio, desk.feldsher]) {
      await expect(desk.conclusions.getConclusion(actor, id)).rejects.toThrow('conclusion.not_found');
    }
    await expect(desk.signing.preview(desk.cardio, id)).rejects.toThrow('conclusion.not_found');
  });
});

describe('the preview', () => {
  test('is the bytes whose hash it names, and they hold what a reader needs', async () => {
    const { preview, clock, raw } = await createDraft();
    const shown = await preview();
    expect(createHash('sha256').update(shown.canonical, 'utf8').digest('hex')).toBe(shown.sha256);
    const document = JSON.parse(shown.canonical) as Record<string, object>;
    expect(document).toMatchObject({
      schema: 'jaqyn.conclusion/2',
      request: { number: '2026-000001', reason: 'Кеудесі қысып ауырады, екі сағат', answeredAt: clock.instant() },
      patient: { familyName: 'Жақсыбекова', iin: expect.stringMatching(/^\d{12}$/) },
      specialist: { displayName: 'Ахметов Ерлан' },
      station: { name: { kk: 'Құлан ФАП' } },
      observations: [{ vitals: { systolic: 165 } }],
      conclusion: { version: 1, content: CONCLUSION },
    });
    expect(raw.prepare('select status from composition').pluck().get()).toBe('preliminary');
  });

  test('holds the consent: which text was read, its hash, language and method; an emergency; or that there is none', async () => {
    const desk = await createDraft();
    const consentIn = async () => (JSON.parse((await desk.preview()).canonical) as { consent: object | null }).consent;
    expect(await consentIn()).toBeNull();
    const reason = 'Ес-түссіз, жақыны жоқ';
    const exception: ConsentInput = { kind: 'emergency', id: newId(), reason };
    await desk.cards.recordConsent(desk.feldsher, desk.id, exception);
    expect(await consentIn()).toMatchObject({ kind: 'emergency', text: null, method: null, reason });
    const { text, given } = await desk.consent();
    await desk.cards.recordConsent(desk.feldsher, desk.id, given);
    const { version, sha256, language } = text;
    expect(await consentIn()).toEqual({
      kind: 'given',
      text: { version, sha256, language },
      method: 'oral',
      representative: '',
      reason: '',
      at: desk.clock.instant(),
      byName: desk.feldsher.displayName,
    });
    // What is under the signature is what the document says.
    const shown = await desk.preview();
    await desk.sign(shown.sha256);
    expect(desk.stored().signed_bytes).toContain(sha256);
    expect(shown.manifest).toContain(shown.sha256);
  });

  test('is the same bytes whenever it is asked for, also with the call ended and resumed between', async () => {
    const { preview, calling, cardio, id, clock } = await createDraft();
    const first = await preview();
    clock.advance({ seconds: 60 });
    await calling.endCall(cardio, id);
    expect(await preview()).toEqual(first);
    await calling.answer(cardio, id);
    expect(await preview()).toEqual(first);
  });

  test.each([
    ['findings', { findings: '' }],
    ['diagnosis', { diagnosis: { code: 'I20.0', text: '', certainty: 'final' } }],
    ['recommendations', { recommendations: [''] }],
  ] as const)('names what is missing: %s', async (path, change) => {
    const { save, preview } = await createDraft();
    await save(1, { ...CONCLUSION, ...change } as ConclusionContent);
    await expect(preview()).rejects.toMatchObject({
      code: 'conclusion.incomplete',
      fields: [{ path, code: 'required' }],
    });
  });

  test('an emergency without its patient cannot be signed', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer({ patientId: null, urgency: 'stat' });
    await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
    await expect(desk.signing.preview(desk.cardio, id)).rejects.toMatchObject({
      code: 'conclusion.incomplete',
      fields: [{ path: 'patient', code: 'required' }],
    });
    await desk.consultations.setPatient(desk.feldsher, id, desk.world.patient);
    await expect(desk.signing.preview(desk.cardio, id)).resolves.toBeDefined();
  });
});

describe('signing', () => {
  test('binds exactly the previewed bytes, and the request goes to the station', async () => {
    const { preview, sign, stored, statusOf, id, clock, takePublished, audited, cardio, raw } = await createDraft();
    const shown = await preview();
    await takePublished();
    clock.advance({ seconds: 30 });
    const signed = await sign(shown.sha256);
    expect(signed).toMatchObject({ status: 'final', version: 1, signedAt: clock.instant(), sha256: shown.sha256 });
    expect(stored()).toMatchObject({ status: 'final', signed_bytes: shown.canonical, sha256: shown.sha256 });
    expect(statusOf(id)).toBe('signed');
    expect(audited(id).slice(-3)).toEqual(
      ['end_call', 'present_for_signature', 'sign'].map((event) => ({
        action: `consultation.${event}`,
        actorId: cardio.userId,
      })),
    );
    const detail = raw.prepare("select detail from audit_event where action = 'consultation.sign'").pluck().get();
    expect(JSON.parse(detail as string)).toMatchObject({ sha256: shown.sha256 });
    expect(await takePublished()).toEqual([
      ['consultation:changed', expect.objectContaining({ requestId: id, status: 'signed' })],
    ]);
  });

  test.each(['in_call', 'interrupted', 'conclusion_draft', 'awaiting_signature', 'async_assigned'])(
    'from %s',
    async (status) => {
      const { preview, sign, raw, statusOf, id } = await createDraft();
      raw.prepare('update service_request set status = ?').run(status);
      await sign((await preview()).sha256);
      expect(statusOf(id)).toBe('signed');
    },
  );

  type Draft = Awaited<ReturnType<typeof createDraft>>;
  test.each<[string, (draft: Draft) => Promise<unknown>]>([
    ['an edit', ({ save }) => save(1, withFindings('кейін өзгертілді'))],
    ['a save of the same text', ({ save }) => save(1, { ...CONCLUSION, limits: 'x' }).then(() => save(2, CONCLUSION))],
    [
      'a measurement',
      ({ consultations, feldsher, id }) => consultations.addObservations(feldsher, id, { systolic: 190 }),
    ],
    ['a new name of the patient', async ({ raw }) => raw.exec("update patient set family_name = 'Басқа'")],
    [
      'a consent',
      async ({ cards, feldsher, id, consent }) => cards.recordConsent(feldsher, id, (await consent()).given),
    ],
    ['newly known allergies', async ({ raw }) => raw.exec("update patient set allergies = 'Пенициллин'")],
  ])('%s between preview and signature: stale, nothing is signed', async (_what, change) => {
    const draft = await createDraft();
    const { sha256 } = await draft.preview();
    await change(draft);
    await expect(draft.sign(sha256)).rejects.toThrow('conclusion.preview_stale');
    expect(draft.stored()).toMatchObject({ status: 'preliminary', signed_at: null, signed_bytes: null });
    expect(draft.statusOf(draft.id)).toBe('in_call');
    await draft.sign((await draft.preview()).sha256);
    expect(draft.statusOf(draft.id)).toBe('signed');
  });

  test('an edit in the same moment: the signature or the edit, never a signature of other bytes', async () => {
    for (const order of ['edit first', 'signature first']) {
      const draft = await createDraft();
      const shown = await draft.preview();
      const edit = () => draft.save(1, withFindings('кейін өзгертілді'));
      const sign = () => draft.sign(shown.sha256);
      const work = order === 'edit first' ? [edit, sign] : [sign, edit];
      await Promise.allSettled(work.map((start) => start()));
      const stored = draft.stored();
      const isSigned = stored.status === 'final';
      expect(stored.signed_bytes).toBe(isSigned ? shown.canonical : null);
      expect(JSON.parse(stored.content as string)).toEqual(isSigned ? CONCLUSION : withFindings('кейін өзгертілді'));
    }
  });

  test('a wrong password signs nothing; the sixth waits', async () => {
    const { preview, sign, stored } = await createDraft();
    const { sha256 } = await preview();
    for (let i = 0; i < 5; i += 1) await expect(sign(sha256, 'wrong')).rejects.toThrow('auth.invalid_credentials');
    await expect(sign(sha256)).rejects.toThrow('request.rate_limited');
    expect(stored().status).toBe('preliminary');
  });

  test('a colleague’s password is no password', async () => {
    const { preview, sign, stored, raw, cardio } = await createDraft();
    // Everybody else keeps the password of the tests.
    const own = await hashPassword('Өзімнің құпиясөзім');
    raw.prepare('update user set password_hash = ? where id = ?').run(own, cardio.userId);
    const { sha256 } = await preview();
    await expect(sign(sha256, PASSWORD)).rejects.toThrow('auth.invalid_credentials');
    expect(stored().status).toBe('preliminary');
    await expect(sign(sha256, 'Өзімнің құпиясөзім')).resolves.toMatchObject({ status: 'final' });
  });

  test('twice and at once: one signature, the same answer', async () => {
    const { preview, sign, audited, id, clock } = await createDraft();
    const { sha256 } = await preview();
    const answers = await Promise.all([sign(sha256), sign(sha256), sign(sha256)]);
    clock.advance({ seconds: 3600 });
    answers.push(await sign(sha256));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(audited(id).filter(({ action }) => action === 'consultation.sign')).toHaveLength(1);
  });

  test('also when the unit of work had to run again', async () => {
    const desk = await createConsultDesk({ store: rerunning(await createTestStore()) });
    const id = await desk.signedRequest();
    expect(desk.statusOf(id)).toBe('signed');
    const signatures = desk.audited(id).filter(({ action }) => action === 'consultation.sign');
    expect(signatures).toHaveLength(1);
  });

  test('of other bytes is refused once it is signed', async () => {
    const { preview, sign } = await createDraft();
    await sign((await preview()).sha256);
    await expect(sign('0'.repeat(64))).rejects.toThrow('conclusion.signed');
  });

  test('by who does not have the request finds nothing, whatever the password', async () => {
    const desk = await createDraft();
    const { sha256 } = await desk.preview();
    for (const actor of [desk.cardioTwin, desk.neuro, desk.feldsher]) {
      const [foreign, missing] = [
        await desk.signing.sign(actor, desk.id, sha256, PASSWORD).catch((error: unknown) => error),
        await desk.signing.sign(actor, MISSING, sha256, PASSWORD).catch((error: unknown) => error),
      ];
      expect(foreign).toMatchObject({ code: 'consultation.not_found' });
      expect(foreign).toEqual(missing);
    }
    expect(desk.stored().status).toBe('preliminary');
  });
});

describe('what is signed', () => {
  test('cannot be saved over', async () => {
    const { preview, sign, save, stored } = await createDraft();
    await sign((await preview()).sha256);
    const before = stored();
    await expect(save(1, withFindings('x'))).rejects.toThrow('conclusion.signed');
    expect(stored()).toEqual(before);
  });

  test.each([
    "update composition set content = '{}'",
    "update composition set signed_bytes = 'x'",
    "update composition set status = 'preliminary', signed_at = null, signed_bytes = null, sha256 = null",
    'update composition set version = version',
    'delete from composition',
    'insert or replace into composition (id, request_id, status, version, content, author_id, saved_at, signed_at, signed_bytes, sha256) select id, request_id, status, 9, content, author_id, saved_at, signed_at, signed_bytes, sha256 from composition',
  ])('cannot be changed in the database: %s', async (statement) => {
    const { preview, sign, stored, raw } = await createDraft();
    await sign((await preview()).sha256);
    const before = stored();
    raw.pragma('recursive_triggers = on');
    expect(() => raw.exec(statement)).toThrow('a signed composition is immutable');
    expect(stored()).toEqual(before);
  });

  test('stays what it was when the patient’s card changes', async () => {
    const { preview, sign, stored, raw, store, world } = await createDraft();
    const shown = await preview();
    await sign(shown.sha256);
    raw.exec("update patient set family_name = 'Басқа'");
    await createPatient(store, world.station);
    expect(stored().signed_bytes).toBe(shown.canonical);
  });

  test('half a signature is refused by the database', async () => {
    const { raw } = await createDraft();
    for (const change of ["status = 'final'", "signed_at = 'x'", "sha256 = 'x'", "signed_bytes = 'x'"]) {
      expect(() => raw.exec(`update composition set ${change}`)).toThrow('CHECK constraint failed: composition_signed');
    }
  });
});
