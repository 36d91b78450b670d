import { execFileSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTestFolder } from '../../../test/template-database.ts';
import { encodeCms, encodeSignedAttributes, readCms } from './cms.ts';
import { KeyFiles } from './key-files.ts';
import { LocalSigner } from './local-signer.ts';
import type { Signatory } from './signer.ts';
import { encodeTimeStamp } from './time-stamp.ts';

const NOW = new Date('2026-11-23T04:00:00.123Z');
const YEAR_MS = 365 * 86_400_000;
const SIGNATORY: Signatory = {
  practitionerId: '019aa6b0-9c1e-7d3a-8f00-0123456789ab',
  displayName: 'Ахметов Ерлан',
  organizationName: 'Областная больница',
};
const MANIFEST = new TextEncoder().encode('{"parts":[{"name":"conclusion.json"}],"schema":"jaqyn.signed/1"}');

async function createSigner(folder = path.join(createTestFolder(), 'keys'), now = NOW) {
  const certificates = new Map<string, Uint8Array<ArrayBuffer>>();
  const signer = await LocalSigner.create({
    files: KeyFiles.create({ folder }),
    register: {
      findCurrent: async (id) => certificates.get(id),
      add: async (id, certificate) => void certificates.set(id, certificate),
    },
    now,
  });
  return { signer, folder, certificates };
}

const faultOf = async (verdict: Promise<{ kind: string; fault?: string }>) => (await verdict).fault ?? 'none';

describe('a signature', () => {
  test('is valid from the moment it was made, for ever', async () => {
    const { signer } = await createSigner();
    const { cms, signedAt, certificateSerial } = await signer.sign(MANIFEST, SIGNATORY, NOW);
    expect(signedAt).toBe('2026-11-23T04:00:00.123Z');
    for (const later of [0, 1000, YEAR_MS, 15 * YEAR_MS]) {
      expect(await signer.verify(cms, MANIFEST, new Date(NOW.getTime() + later))).toEqual({
        kind: 'valid',
        signedAt,
        certificateSerial,
      });
    }
    expect(await faultOf(signer.verify(cms, MANIFEST, new Date(NOW.getTime() - 1)))).toBe('from_the_future');
  });

  test.each([
    ['openssl cms', []],
    ['openssl cms with the CAdES attributes demanded', ['-cades']],
  ])('is accepted by %s, and not over other bytes', async (_what, more) => {
    const { signer, folder } = await createSigner();
    const { cms } = await signer.sign(MANIFEST, SIGNATORY, NOW);
    const files = {
      cms: path.join(folder, 'a.p7s'),
      content: path.join(folder, 'a.json'),
      ca: path.join(folder, 'ca.pem'),
    };
    writeFileSync(files.cms, cms);
    writeFileSync(files.ca, signer.authorityPem);
    const verify = (content: Uint8Array) => {
      writeFileSync(files.content, content);
      return execFileSync(
        'openssl',
        [
          ...[
            'cms',
            '-verify',
            '-binary',
            '-inform',
            'DER',
            '-purpose',
            'any',
            '-attime',
            String(Math.floor(NOW.getTime() / 1000) + 60),
          ],
          ...['-in', files.cms, '-content', files.content, '-CAfile', files.ca, ...more],
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
    };
    expect(verify(MANIFEST).equals(MANIFEST)).toBe(true);
    expect(() => verify(Buffer.from('{}'))).toThrow('Verification failure');
  });

  test('hundreds of single bits of document, signature and certificate: none accepted', async () => {
    const { signer } = await createSigner();
    const { cms } = await signer.sign(MANIFEST, SIGNATORY, NOW);
    const certificate = readCms(cms).parts.certificate;
    const start = Buffer.from(cms).indexOf(certificate);
    const flips: [Uint8Array<ArrayBuffer>, number, number][] = [
      [MANIFEST, 0, MANIFEST.length],
      [cms, 0, cms.length],
      [cms, start, certificate.length],
    ];
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(), async (which, at) => {
        const [bytes, from, length] = flips[which] ?? [MANIFEST, 0, 1];
        const bit = from * 8 + (at % (length * 8));
        const changed = bytes.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const verdict = await signer.verify(bytes === cms ? changed : cms, bytes === cms ? MANIFEST : changed, NOW);
        expect(verdict.kind).toBe('invalid');
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test.each([
    ['nothing', new Uint8Array()],
    ['no CMS', new TextEncoder().encode('-----BEGIN CMS-----')],
    ['a byte more', 'longer'],
    ['a byte less', 'shorter'],
  ])('%s is malformed', async (_what, change) => {
    const { signer } = await createSigner();
    const { cms } = await signer.sign(MANIFEST, SIGNATORY, NOW);
    const changed =
      change === 'longer'
        ? new Uint8Array([...cms, 0])
        : change === 'shorter'
          ? cms.slice(0, -1)
          : (change as typeof cms);
    expect(['malformed', 'other_bytes']).toContain(await faultOf(signer.verify(changed, MANIFEST, NOW)));
  });

  test('of another house’s authority is refused', async () => {
    const [own, other] = [await createSigner(), await createSigner()];
    const { cms } = await other.signer.sign(MANIFEST, SIGNATORY, NOW);
    expect(await faultOf(own.signer.verify(cms, MANIFEST, NOW))).toBe('time_stamp_wrong');
  });

  test('of another house’s authority is refused with a time stamp of this house as well', async () => {
    const [own, other] = [await createSigner(), await createSigner()];
    const { cms } = await other.signer.sign(MANIFEST, SIGNATORY, NOW);
    const { parts } = readCms(cms);
    const files = KeyFiles.create({ folder: own.folder });
    const info = encodeTimeStamp(parts.signature, NOW);
    const stamp = {
      kind: 'timeStampInfo' as const,
      certificate: files.findCertificate('time-stamps') ?? new Uint8Array(),
      signingTime: new Date('2026-11-23T04:00:00.000Z'),
    };
    const key = { key: files.getOrCreateKey('time-stamps'), dsaEncoding: 'der' as const };
    const signature = new Uint8Array(sign('sha256', encodeSignedAttributes(stamp, info), key));
    const forged = encodeCms({ ...parts, timeStampToken: encodeCms({ ...stamp, signature }, info) }, MANIFEST);
    expect(await faultOf(own.signer.verify(forged, MANIFEST, NOW))).toBe('certificate_untrusted');
  });

  test('handed in as somebody else’s is refused', async () => {
    const { signer } = await createSigner();
    const { cms } = await signer.sign(MANIFEST, SIGNATORY, NOW);
    const other = { ...SIGNATORY, practitionerId: '019aa6b0-9c1e-7d3a-8f00-0123456789ac' };
    await expect(signer.accept(cms, MANIFEST, other, NOW)).rejects.toMatchObject({
      code: 'signature.other_signer',
    });
  });
});

describe('certificates', () => {
  test('one for each practitioner, also when the first two signatures are made at once', async () => {
    const { signer, certificates } = await createSigner();
    const both = await Promise.all([signer.sign(MANIFEST, SIGNATORY, NOW), signer.sign(MANIFEST, SIGNATORY, NOW)]);
    const again = await signer.sign(MANIFEST, SIGNATORY, new Date(NOW.getTime() + 1000));
    expect(new Set([...both, again].map(({ certificateSerial }) => certificateSerial)).size).toBe(1);
    expect(certificates.size).toBe(1);
  });

  test('out of date: the signature that a clock set forward would make is refused, nothing is answered', async () => {
    const { signer } = await createSigner();
    await signer.sign(MANIFEST, SIGNATORY, NOW);
    // The register goes on giving out the old one.
    await expect(signer.sign(MANIFEST, SIGNATORY, new Date(NOW.getTime() + YEAR_MS + 1000))).rejects.toMatchObject({
      code: 'signature.certificate_out_of_date',
    });
  });

  test('not valid yet: the same', async () => {
    const { signer } = await createSigner();
    await signer.sign(MANIFEST, SIGNATORY, NOW);
    await expect(signer.sign(MANIFEST, SIGNATORY, new Date(NOW.getTime() - 3_600_000))).rejects.toMatchObject({
      code: 'signature.certificate_out_of_date',
    });
  });
});

describe('the keys', () => {
  test('are files that only the server reads, encrypted, and the same after a restart', async () => {
    const { signer, folder } = await createSigner();
    const { cms } = await signer.sign(MANIFEST, SIGNATORY, NOW);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const names = readdirSync(folder);
    expect(names.filter((name) => name.endsWith('.key.pem'))).toHaveLength(3);
    for (const name of names) expect(statSync(path.join(folder, name)).mode & 0o777, name).toBe(0o600);
    for (const name of names.filter((one) => one.endsWith('.key.pem'))) {
      expect(readFileSync(path.join(folder, name), 'utf8'), name).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    }
    const restarted = await createSigner(folder, new Date(NOW.getTime() + YEAR_MS));
    expect(restarted.signer.authorityPem).toBe(signer.authorityPem);
    expect((await restarted.signer.verify(cms, MANIFEST, NOW)).kind).toBe('valid');
  });

  test('are of no use without the passphrase', async () => {
    const folder = path.join(createTestFolder(), 'keys');
    KeyFiles.create({ folder, passphrase: 'first passphrase' }).getOrCreateKey('authority');
    expect(() => KeyFiles.create({ folder, passphrase: 'other passphrase' }).getOrCreateKey('authority')).toThrow(
      /decrypt|bad/i,
    );
  });
});
