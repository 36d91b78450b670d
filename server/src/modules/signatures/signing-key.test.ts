import { expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';

/** Signs as the specialist of the desk, by the certificates as they stand in the database at that moment. */
async function createSigning() {
  const { signatures, signer, cardio, world, clock } = await createConsultDesk();
  const prepared = signatures.prepare({
    canonical: '{}',
    pdf: { kk: new Uint8Array([1]), ru: new Uint8Array([2]) },
    number: '2026-000001',
    edition: 1,
  });
  const signatory = {
    practitionerId: cardio.practitionerId ?? '',
    displayName: cardio.displayName,
    organizationName: 'Областная больница',
  };
  const sign = async () => {
    const sealed = await signatures.seal(prepared, signatory);
    const bytes = new TextEncoder().encode(prepared.manifest.text);
    expect(await signer.verify(sealed.cms, bytes, clock.now())).toMatchObject({ kind: 'valid' });
    return sealed.certificateSerial;
  };
  return { sign, signatures, admin: world.admin.actor, clock };
}

test('whose certificate has run out signs with a new one, and never with the old', async () => {
  const { sign, clock } = await createSigning();
  const first = await sign();
  clock.advance({ seconds: 364 * 86_400 });
  expect(await sign()).toBe(first);
  clock.advance({ seconds: 2 * 86_400 });
  const second = await sign();
  expect(second).not.toBe(first);
  expect(await sign()).toBe(second);
});

test('whose certificate was revoked signs with a new one, and never with the old', async () => {
  const { sign, signatures, admin, clock } = await createSigning();
  const first = await sign();
  const now = clock.instant();
  await signatures.revoke(admin, first, now, 'Компьютер жоғалды');
  const second = await sign();
  expect(second).not.toBe(first);
  const listed = await signatures.listCertificates();
  expect(new Map(listed.map(({ serial, revokedFrom }) => [serial, revokedFrom]))).toEqual(
    new Map([
      [first, now],
      [second, null],
    ]),
  );
});
