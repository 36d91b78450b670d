import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { CONCLUSION, createConsultDesk } from '../../../test/consult-desk.ts';
import { PASSWORD } from '../../../test/factories.ts';
import { readToPatient } from '../../../test/read-to-patient.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { BrowserSigner, ServerSigner } from '../signatures/signer.ts';

describe('nothing is half signed', () => {
  async function createFailing(fault: (signer: ServerSigner) => Partial<ServerSigner>) {
    const plain = await createConsultDesk();
    if (plain.signer.place !== 'server') throw new Error('another signer');
    const own = plain.signer;
    const broken = {
      place: 'server',
      sign: own.sign.bind(own),
      accept: own.accept.bind(own),
      verify: own.verify.bind(own),
      ...fault(own),
    } as ServerSigner;
    const desk = await createConsultDesk({ signer: broken });
    const id = await desk.callAndAnswer();
    await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
    return { ...desk, id };
  }

  test('a signer that fails leaves draft, request and record as they were', async () => {
    const { signing, cardio, id, raw, statusOf } = await createFailing(() => ({
      sign: () => Promise.reject(new DomainError('signature.unavailable')),
    }));
    const { sha256 } = await signing.preview(cardio, id);
    await expect(signing.sign(cardio, id, sha256, PASSWORD)).rejects.toThrow('signature.unavailable');
    expect(raw.prepare('select status from composition').pluck().all()).toEqual(['preliminary']);
    expect(raw.prepare('select count(*) from document_signature').pluck().get()).toBe(0);
    expect(statusOf(id)).toBe('in_call');
  });

  test('a database that refuses the signature keeps nothing of the step either; afterwards it is signed', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
    const { sha256 } = await desk.signing.preview(desk.cardio, id);
    // What a full disk does, at the worst moment: the document is final already, the signature is not there yet.
    desk.raw.exec(
      "create trigger full before insert on document_signature begin select raise(abort, 'disk full'); end",
    );
    await expect(desk.signing.sign(desk.cardio, id, sha256, PASSWORD)).rejects.toThrow('disk full');
    expect(desk.raw.prepare('select status, signed_at from composition').get()).toEqual({
      status: 'preliminary',
      signed_at: null,
    });
    expect(desk.statusOf(id)).toBe('in_call');
    desk.raw.exec('drop trigger full');
    await desk.signing.sign(desk.cardio, id, sha256, PASSWORD);
    expect(desk.statusOf(id)).toBe('signed');
  });

  test('pages that the disk does not take: nothing is signed, and when it has room again they are', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
    const { sha256 } = await desk.signing.preview(desk.cardio, id);
    const documents = path.join(desk.folder, 'documents');
    writeFileSync(documents, 'no folder can be made here');
    const sign = () => desk.signing.sign(desk.cardio, id, sha256, PASSWORD);
    await expect(sign()).rejects.toThrow('store.unavailable');
    expect(desk.raw.prepare('select status, signed_at from composition').get()).toEqual({
      status: 'preliminary',
      signed_at: null,
    });
    expect([desk.statusOf(id), desk.raw.prepare('select count(*) from document_signature').pluck().get()]).toEqual([
      'in_call',
      0,
    ]);
    rmSync(documents);
    await expect(sign()).resolves.toMatchObject({ status: 'final' });
  });

  describe('by a key of the signer’s own', () => {
    async function createOwnKey() {
      // Keys and register are the house's; it only does not sign by itself.
      let house: ServerSigner | undefined;
      const getHouse = (): ServerSigner => {
        if (house === undefined) throw new Error('no signer yet');
        return house;
      };
      const browser: BrowserSigner = {
        place: 'browser',
        accept: (...args) => getHouse().accept(...args),
        verify: (...args) => getHouse().verify(...args),
      };
      const desk = await createConsultDesk({ signer: browser });
      if (desk.signer.place === 'server') house = desk.signer;
      const id = await desk.callAndAnswer();
      await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
      const shown = await desk.signing.preview(desk.cardio, id);
      const practitionerId = desk.cardio.practitionerId ?? '';
      /** As NCALayer would: over these bytes, at this time, in this name. */
      const makeCms = async (text: string, change: { practitionerId?: string } = {}) => {
        const signatory = { practitionerId, displayName: 'Ахметов Ерлан', organizationName: 'x', ...change };
        const { cms } = await getHouse().sign(new TextEncoder().encode(text), signatory, desk.clock.now());
        return Buffer.from(cms).toString('base64');
      };
      const { sha256, manifestSha256 } = shown;
      const sign = (cms: string | undefined) =>
        desk.signing.sign(desk.cardio, id, sha256, PASSWORD, { manifestSha256, cms });
      return { ...desk, id, shown, makeCms, sign };
    }
    type Own = Awaited<ReturnType<typeof createOwnKey>>;

    test.each<[string, string, (own: Own) => Promise<string | undefined>]>([
      ['no signature', 'signature.rejected', async () => undefined],
      ['a signature over other bytes', 'signature.rejected', ({ makeCms, shown }) => makeCms(`${shown.manifest} `)],
      ['one over the document alone', 'signature.rejected', ({ makeCms, shown }) => makeCms(shown.canonical)],
      ['bytes that are none', 'signature.rejected', async () => 'AAAA'],
      [
        'somebody else’s',
        'signature.other_signer',
        ({ makeCms, shown, neuro }) => makeCms(shown.manifest, { practitionerId: neuro.practitionerId ?? '' }),
      ],
    ])('%s: %s, and nothing is signed', async (_what, code, cmsOf) => {
      const own = await createOwnKey();
      const outcome = await cmsOf(own)
        .then(own.sign)
        .catch((error: unknown) => error);
      expect(outcome).toMatchObject({ code });
      expect(own.raw.prepare('select status from composition').pluck().all()).toEqual(['preliminary']);
      expect(own.raw.prepare('select count(*) from document_signature').pluck().get()).toBe(0);
      expect(own.statusOf(own.id)).toBe('in_call');
      await expect(own.sign(await own.makeCms(own.shown.manifest))).resolves.toMatchObject({ status: 'final' });
    });
  });

  test('other pages than those that were shown: stale', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
    const { sha256, manifestSha256 } = await desk.signing.preview(desk.cardio, id);
    const sign = (manifest: string) =>
      desk.signing.sign(desk.cardio, id, sha256, PASSWORD, { manifestSha256: manifest });
    await expect(sign('0'.repeat(64))).rejects.toThrow('conclusion.preview_stale');
    await expect(sign(manifestSha256)).resolves.toMatchObject({ status: 'final' });
  });
});

test('several at once: one password, each on its own', async () => {
  const desk = await createConsultDesk();
  const { conclusions, signing, cardio } = desk;
  const first = await desk.signedRequest();
  await readToPatient(desk, desk.feldsher, first);
  const second = await desk.callAndAnswer();
  await conclusions.saveConclusion(cardio, second, 0, CONCLUSION);
  const { sha256, manifestSha256 } = await signing.preview(cardio, second);
  const missing = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;
  const items = [
    { requestId: missing, sha256 },
    { requestId: first, sha256 },
    { requestId: second, sha256, manifestSha256 },
  ];
  await expect(signing.signAll(cardio, items, 'wrong')).rejects.toThrow('auth.invalid_credentials');
  expect(await signing.signAll(cardio, items, PASSWORD)).toEqual([
    { requestId: missing, problem: { code: 'consultation.not_found' } },
    { requestId: first, problem: { code: 'conclusion.signed' } },
    { requestId: second, problem: null },
  ]);
  expect(desk.statusOf(second)).toBe('signed');
});
