import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { NcaNodeSigner } from './ncanode-signer.ts';

const NOW = new Date('2026-11-23T04:00:00.000Z');
const CMS = new Uint8Array([48, 0]);
const BYTES = new TextEncoder().encode('{}');
const SIGNATORY = { practitionerId: 'p', displayName: 'Ахметов Ерлан', organizationName: 'x' };
const CERTIFICATE = {
  valid: true,
  serialNumber: 'ABCDEF01',
  notBefore: '2026-01-01T00:00:00.000+00:00',
  notAfter: '2027-01-01T00:00:00.000+00:00',
  keyUsage: 'SIGN',
  revocations: [{ revoked: false, by: 'OCSP' }],
  subject: { commonName: 'АХМЕТОВ ЕРЛАН', iin: '800101300123' },
};
const SIGNER = { certificates: [CERTIFICATE], tsp: { genTime: '2026-11-23T03:59:59.000+00:00' } };
const YES = { valid: true, signers: [SIGNER] };

/** NCANode as it speaks over HTTP. */
async function createNode(answer: unknown, status = 200, isOwn = true) {
  const asked: { url: string | undefined; body: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      asked.push({ url: request.url, body: JSON.parse(text) });
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const signer = new NcaNodeSigner({ url: `http://127.0.0.1:${port}/`, owners: { claim: async () => isOwn } });
  return {
    asked,
    accept: () => signer.accept(CMS, BYTES, SIGNATORY, NOW),
    verify: () => signer.verify(CMS, BYTES, NOW),
  };
}

test('asks to verify, with revocation, and nothing else; the time is the time stamp’s', async () => {
  const { asked, accept } = await createNode(YES);
  expect(await accept()).toMatchObject({ signedAt: '2026-11-23T03:59:59.000Z', certificateSerial: 'abcdef01' });
  expect(asked).toEqual([{ url: '/cms/verify', body: { revocationCheck: ['OCSP'], cms: 'MAA=', data: 'e30=' } }]);
});

const withCertificate = (change: object) => ({
  valid: true,
  signers: [{ ...SIGNER, certificates: [{ ...CERTIFICATE, ...change }] }],
});

test.each([
  ['it says no', { ...YES, valid: false }],
  ['nobody signed', { ...YES, signers: [] }],
  ['two signed', { ...YES, signers: [SIGNER, SIGNER] }],
  ['there is no time stamp', { ...YES, signers: [{ ...SIGNER, tsp: null }] }],
  [
    'the stamp is from the future',
    { ...YES, signers: [{ ...SIGNER, tsp: { genTime: '2026-11-24T00:00:00.000+00:00' } }] },
  ],
  ['the certificate is out of date', withCertificate({ valid: false })],
  ['it is revoked', withCertificate({ revocations: [{ revoked: true }] })],
  ['the key is for signing in', withCertificate({ keyUsage: 'AUTH' })],
  ['it names no person', withCertificate({ subject: { commonName: 'АХМЕТОВ ЕРЛАН' } })],
])('refused when %s', async (_what, answer) => {
  await expect((await createNode(answer)).accept()).rejects.toThrow('signature.rejected');
});

test.each([
  ['has run out', { valid: false, notAfter: '2026-11-22T00:00:00.000+00:00' }],
  ['has not begun', { valid: false, notBefore: '2026-11-24T00:00:00.000+00:00' }],
])('a certificate that %s is named as what it is', async (_what, change) => {
  const { accept, verify } = await createNode({ ...withCertificate(change), valid: false });
  await expect(accept()).rejects.toThrow('signature.certificate_out_of_date');
  expect(await verify()).toEqual({ kind: 'invalid', fault: 'certificate_out_of_date' });
});

test('another person’s key is refused, by its name and by its IIN', async () => {
  const other = withCertificate({ subject: { commonName: 'ИВАНОВ ИВАН', iin: '1' } });
  await expect((await createNode(other)).accept()).rejects.toThrow('signature.other_signer');
  await expect((await createNode(YES, 200, false)).accept()).rejects.toThrow('signature.other_signer');
});

test('what it cannot read is not valid; when it fails or speaks nonsense nothing is known', async () => {
  expect(await (await createNode({ status: 400 }, 400)).verify()).toMatchObject({ kind: 'invalid' });
  await expect((await createNode({}, 500)).verify()).rejects.toThrow('signature.unavailable');
  await expect((await createNode({ valid: 'yes' })).verify()).rejects.toThrow('signature.unavailable');
});
