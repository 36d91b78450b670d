import { createHash } from 'node:crypto';
import type { ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import { describe, expect, test } from 'vitest';
import { CONCLUSION, createConsultDesk } from '../../../test/consult-desk.ts';
import { PASSWORD } from '../../../test/factories.ts';
import { readToPatient } from '../../../test/read-to-patient.ts';

const OTHER: ConclusionContent = { ...CONCLUSION, medicines: 'Аспирин 100 мг', recommendations: ['ЭКГ ертең'] };

async function createSigned(options: Parameters<typeof createConsultDesk>[0] = {}) {
  const desk = await createConsultDesk(options);
  const id = await desk.signedRequest();
  const { conclusions, signing, cardio } = desk;
  const signDraft = async () => signing.sign(cardio, id, (await signing.preview(cardio, id)).sha256, PASSWORD);
  return {
    ...desk,
    id,
    signDraft,
    editions: () => desk.conclusionFiles.listEditions(cardio, id),
    amendAndSign: async (content = OTHER) => {
      await conclusions.amend(cardio, id, 'Доза қате жазылған');
      await conclusions.saveConclusion(cardio, id, 1, content);
      return signDraft();
    },
    rows: (table: string) => desk.raw.prepare(`select count(*) from ${table}`).pluck().get() as number,
  };
}

describe('an amendment', () => {
  test('is a new edition that names what changed; the old one stays, and says what replaced it', async () => {
    const { amendAndSign, conclusions, feldsher, id, statusOf, editions, conclusionFiles, cardio } =
      await createSigned();
    const first = await conclusions.getConclusion(feldsher, id);
    const second = await amendAndSign();
    expect(second).toMatchObject({
      status: 'amended',
      edition: 2,
      amendReason: 'Доза қате жазылған',
      replaces: { edition: 1, signedAt: first.signedAt },
      isSealed: true,
      changes: [{ field: 'recommendations' }, { field: 'medicines', before: '', after: 'Аспирин 100 мг' }],
    });
    expect(first.changes).toEqual([]);
    expect(statusOf(id)).toBe('amended');
    expect(await conclusions.getConclusion(feldsher, id)).toEqual(second);
    expect(await editions()).toMatchObject([
      { edition: 2, status: 'valid', supersededBy: null },
      { edition: 1, status: 'superseded', supersededBy: 2 },
    ]);
    const { bytes } = await conclusionFiles.getDocument(cardio, id);
    expect(JSON.parse(bytes.toString())).toMatchObject({
      amendment: {
        reason: 'Доза қате жазылған',
        replaces: { edition: 1, sha256: first.sha256 },
        changes: [
          { field: 'recommendations', before: CONCLUSION.recommendations.join('\n'), after: 'ЭКГ ертең' },
          { field: 'medicines', before: '', after: 'Аспирин 100 мг' },
        ],
      },
    });
    const old = await conclusionFiles.getDocument(cardio, id, 1);
    expect(createHash('sha256').update(old.bytes).digest('hex')).toBe(first.sha256);
  });

  test('must be read and acknowledged again, and may be amended again at any time', async () => {
    const desk = await createSigned();
    const { amendAndSign, consultations, feldsher, id, statusOf, signDraft, conclusions, cardio } = desk;
    await readToPatient(desk, feldsher, id);
    expect(statusOf(id)).toBe('closed');
    await amendAndSign();
    expect(statusOf(id)).toBe('amended');
    await conclusions.amend(cardio, id, 'Тағы бір қате');
    await conclusions.saveConclusion(cardio, id, 1, { ...OTHER, limits: 'Пальпация' });
    expect(await signDraft()).toMatchObject({ edition: 3 });
    await consultations.receive(feldsher, id);
    await readToPatient(desk, feldsher, id);
    expect(statusOf(id)).toBe('closed');
  });

  test('is the author’s alone until it is signed: the others go on reading the signed edition', async () => {
    const { conclusions, cardio, feldsher, coordinator, id, statusOf, consultations } = await createSigned();
    const signed = await conclusions.getConclusion(feldsher, id);
    await conclusions.amend(cardio, id, 'Себебі бар');
    await conclusions.saveConclusion(cardio, id, 1, OTHER);
    for (const actor of [feldsher, coordinator]) expect(await conclusions.getConclusion(actor, id)).toEqual(signed);
    expect(await conclusions.getConclusion(cardio, id)).toMatchObject({
      edition: 2,
      status: 'preliminary',
      content: OTHER,
    });
    expect(statusOf(id)).toBe('signed');
    const [view] = (await consultations.listConsultations(feldsher, { view: 'unread', limit: 5 })).consultations;
    expect(view?.conclusion).toEqual({ status: 'final', signedAt: signed.signedAt });
  });

  test('waits in the list of what is unsigned, which is its specialist’s alone', async () => {
    const { conclusions, consultations, signDraft, cardio, cardioTwin, feldsher, coordinator, id } =
      await createSigned();
    const listOf = async (actor: typeof cardio) =>
      (await consultations.listConsultations(actor, { view: 'unsigned', limit: 10 })).consultations.map(
        (one) => one.id,
      );
    expect(await listOf(cardio)).toEqual([]);
    await conclusions.amend(cardio, id, 'Доза қате жазылған');
    expect(await listOf(cardio)).toEqual([id]);
    for (const other of [cardioTwin, feldsher, coordinator]) expect(await listOf(other)).toEqual([]);
    await conclusions.saveConclusion(cardio, id, 1, OTHER);
    await signDraft();
    expect(await listOf(cardio)).toEqual([]);
  });

  test('begun twice for the same reason is one draft, for another it is refused', async () => {
    const { conclusions, cardio, id } = await createSigned();
    const first = await conclusions.amend(cardio, id, 'Себебі бар');
    expect(await conclusions.amend(cardio, id, 'Себебі бар')).toEqual(first);
    await expect(conclusions.amend(cardio, id, 'Басқа себеп')).rejects.toThrow('conclusion.amendment_open');
  });

  test('that changes nothing cannot be signed; thrown away it leaves nothing', async () => {
    const { conclusions, signing, cardio, feldsher, id, rows, statusOf } = await createSigned();
    const signed = await conclusions.getConclusion(feldsher, id);
    await conclusions.amend(cardio, id, 'Себебі бар');
    await expect(signing.preview(cardio, id)).rejects.toThrow('conclusion.unchanged');
    for (let again = 0; again < 2; again += 1) {
      expect(await conclusions.discardAmendment(cardio, id)).toEqual(signed);
    }
    expect(rows('composition')).toBe(1);
    expect(statusOf(id)).toBe('signed');
  });

  test('is for the specialist of the request, and for what is signed', async () => {
    const desk = await createSigned();
    const { conclusions, cardio, cardioTwin, feldsher, coordinator, id, callAndAnswer } = desk;
    for (const actor of [cardioTwin, feldsher, coordinator]) {
      await expect(conclusions.amend(actor, id, 'x')).rejects.toThrow('consultation.not_found');
    }
    await readToPatient(desk, feldsher, id);
    const other = await callAndAnswer();
    await expect(conclusions.amend(cardio, other, 'x')).rejects.toThrow('conclusion.not_found');
    await conclusions.saveConclusion(cardio, other, 0, CONCLUSION);
    await expect(conclusions.amend(cardio, other, 'x')).rejects.toThrow('consultation.state_conflict');
  });
});

describe('the verdict', () => {
  test('a certificate revoked from a moment on: what was signed before still counts', async () => {
    const desk = await createSigned();
    const {
      signatures,
      world,
      id,
      editions,
      clock,
      raw,
      callAndAnswer,
      conclusions,
      signing,
      cardio,
      conclusionFiles,
      feldsher,
    } = desk;
    const serial = raw.prepare('select serial from signing_certificate').pluck().get() as string;
    const admin = world.admin.actor;
    clock.advance({ seconds: 60 });
    const from = clock.instant();
    clock.advance({ seconds: 60 });
    await readToPatient(desk, feldsher, id);
    const later = await callAndAnswer();
    await conclusions.saveConclusion(cardio, later, 0, CONCLUSION);
    await signing.sign(cardio, later, (await signing.preview(cardio, later)).sha256, PASSWORD);
    await signatures.revoke(admin, serial, from, 'Кілт жоғалды');
    expect(await editions()).toMatchObject([{ status: 'valid' }]);
    expect(await conclusionFiles.listEditions(cardio, later)).toMatchObject([{ status: 'revoked' }]);
    await expect(signatures.revoke(admin, serial, from, 'x')).rejects.toThrow('certificate.revoked');
    expect(() => raw.exec("update signing_certificate set revoked_from = '2030'")).toThrow('append-only');
  });

  test.each([
    `manifest = replace(manifest, '"edition":1', '"edition":2')`,
    "document_sha256 = 'x' || substr(document_sha256, 2)",
    "signed_at = '2020-01-01T00:00:00.000Z'",
    "cms = x'3000'",
  ])('whoever changes the stored bytes, past the triggers, is seen: %s', async (change) => {
    const { raw, editions } = await createSigned();
    expect(() => raw.exec(`update document_signature set ${change}`)).toThrow('append-only');
    raw.exec('drop trigger document_signature_no_update');
    raw.exec(`update document_signature set ${change}`);
    expect(await editions()).toMatchObject([{ status: 'invalid' }]);
  });
});
