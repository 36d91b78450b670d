import { X509Certificate } from 'node:crypto';
import path from 'node:path';
import { canonicalize } from '../../../server/src/kernel/canonical-json.ts';
import { readCms } from '../../../server/src/modules/signatures/cms.ts';
import { KeyFiles } from '../../../server/src/modules/signatures/key-files.ts';
import { findLocalRoots, type LocalRoots, LocalSigner } from '../../../server/src/modules/signatures/local-signer.ts';
import { buildManifest, type SignedParts } from '../../../server/src/modules/signatures/manifest.ts';
import { createRandom } from '../../lab/power-loss/replay.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A signed document as it lies in a data folder: everything that somebody might change, and the roots that are trusted. */
export interface SignedSample {
  readonly roots: LocalRoots;
  readonly parts: SignedParts;
  readonly manifest: Bytes;
  readonly cms: Bytes;
  /** Where in `cms` the signer's certificate lies. */
  readonly certificate: { readonly from: number; readonly length: number };
  readonly at: Date;
}

/** As long as a conclusion of one page is. */
const PDF_BYTES = 31_000;

/** Signs with a new authority in `folder`. The pages are noise: to a hash one text is as good as another. */
export async function createSignedSample(folder: string, seed: number): Promise<SignedSample> {
  const at = new Date('2026-11-23T04:00:00.000Z');
  const random = createRandom(seed);
  const page = (): Bytes => Uint8Array.from({ length: PDF_BYTES }, () => Math.floor(random() * 256));
  const parts: SignedParts = {
    canonical: canonicalize({
      schema: 'jaqyn.conclusion/2',
      findings: 'Ырғағы дұрыс, жүрек жеткіліксіздігінің белгілері көрінбейді. '.repeat(20),
      diagnosis: { code: 'I10', text: 'Артериялық гипертензия' },
      recommendations: ['Қан қысымын күніне екі рет өлшеу'],
    }),
    pdf: { kk: page(), ru: page() },
    number: '2026-000001',
    edition: 1,
  };
  const files = KeyFiles.create({ folder: path.join(folder, 'keys') });
  const signer = await LocalSigner.create({
    files,
    register: { findCurrent: () => Promise.resolve(undefined), add: () => Promise.resolve() },
    now: at,
  });
  const roots = findLocalRoots(files);
  if (roots === undefined) throw new Error('the authority left no roots');
  const manifest = new TextEncoder().encode(buildManifest(parts).text);
  const signatory = { practitionerId: '019aa6b0-9c1e-7d3a', displayName: 'Ахметова Айгүл', organizationName: 'ЖОКА' };
  const { cms } = await signer.sign(manifest, signatory, at);
  const certificate = readCms(cms).parts.certificate;
  const from = Buffer.from(cms).indexOf(certificate);
  if (from < 0 || new X509Certificate(certificate).ca) throw new Error('the certificate is not where it should be');
  return { roots, parts, manifest, cms, certificate: { from, length: certificate.length }, at };
}
