import { verify as verifyBytes, X509Certificate } from 'node:crypto';
import { encodeSignedAttributes, readCms } from '../../../server/src/modules/signatures/cms.ts';
import { verifyLocally } from '../../../server/src/modules/signatures/local-signer.ts';
import { isManifestOf } from '../../../server/src/modules/signatures/manifest.ts';
import { createRandom } from '../../lab/power-loss/replay.ts';
import type { Bench, BenchContext, Control, RunResult } from '../bench.ts';
import { quantile } from '../statistics.ts';
import { inWorkFolder } from '../work-folder.ts';
import { createSignedSample, type SignedSample } from './signed-sample.ts';

const ATTEMPTS = 10_000;
const CONTROL_ATTEMPTS = 600;
const TARGETS = ['document', 'signature', 'certificate'] as const;
type Target = (typeof TARGETS)[number];

/**
 * One signed document with its certificate, changed by one bit ten thousand times: in its data, its pages or what binds them, in the CMS, in
 * the certificate. How many are accepted. Nothing is kept from one verification to the next but the two trusted roots.
 */
export const tamperBench: Bench = {
  name: 'tamper',
  summary: '10,000 single bits of document, signature or certificate changed: how many are accepted',
  profiles: ['local-authority'],
  baselines: [],
  runs: { usual: 1, full: 3 },
  takesAttempts: true,
  plain: { attempts: 'median', accepted: 'max' },
  secondsPerRun: () => 120,
  aims: [{ name: 'changed ones accepted', of: 'largest', metric: 'accepted', atMost: 0 }],
  run: (context) => inWorkFolder((folder) => runOnce(folder, context)),
  control: (context) => inWorkFolder((folder) => runControl(folder, context)),
};

/** A whole number below `limit`. */
type Draw = (limit: number) => number;

type Verifier = (sample: SignedSample) => boolean;

const isAccepted: Verifier = (sample) =>
  isManifestOf(new TextDecoder().decode(sample.manifest), sample.parts) && isSignatureValid(sample);

const isSignatureValid: Verifier = ({ roots, cms, manifest, at }) =>
  verifyLocally(roots, cms, manifest, at).kind === 'valid';

/** What most verifiers do: the signature and the chain are right, whatever else stands in the CMS. */
const isLooselyValid: Verifier = ({ roots, cms, manifest }) => {
  try {
    const { parts } = readCms(cms);
    const certificate = new X509Certificate(parts.certificate);
    const key = { key: certificate.publicKey, dsaEncoding: 'der' as const };
    return (
      certificate.verify(new X509Certificate(roots.authority).publicKey) &&
      verifyBytes('sha256', encodeSignedAttributes(parts, manifest), key, parts.signature)
    );
  } catch {
    return false;
  }
};

async function runOnce(folder: string, context: BenchContext): Promise<RunResult> {
  const sample = await createSignedSample(folder, context.run);
  if (!isAccepted(sample)) throw new Error('the document is not accepted before anybody touched it');
  const count = context.attempts ?? ATTEMPTS;
  const random = createDraw(context.run);
  const tried: Record<Target, number> = { document: 0, signature: 0, certificate: 0 };
  const accepted: Record<Target, number> = { document: 0, signature: 0, certificate: 0 };
  const milliseconds: number[] = [];
  for (let number = 0; number < count; number += 1) {
    const target = TARGETS[random(TARGETS.length)] ?? 'document';
    const changed = tamper(sample, target, random);
    const before = performance.now();
    if (isAccepted(changed)) accepted[target] += 1;
    milliseconds.push(performance.now() - before);
    tried[target] += 1;
    if (number % 500 === 0) context.progress(`${number} of ${count}`, number / count);
  }
  const one = (value: number) => ({ value, unit: 'attempts' });
  return {
    metrics: {
      attempts: one(count),
      accepted: one(TARGETS.reduce((sum, target) => sum + accepted[target], 0)),
      ...Object.fromEntries(TARGETS.map((target) => [`tried.${target}`, one(tried[target])])),
      ...Object.fromEntries(TARGETS.map((target) => [`accepted.${target}`, one(accepted[target])])),
      verifyMs: { value: quantile(milliseconds, 0.5), unit: 'ms' },
    },
  };
}

/** The same sample with one bit of `target` turned over; the others as they were. */
function tamper(sample: SignedSample, target: Target, random: Draw): SignedSample {
  switch (target) {
    case 'document':
      return tamperDocument(sample, random);
    case 'certificate': {
      const { from, length } = sample.certificate;
      return { ...sample, cms: flipBit(sample.cms, (from + random(length)) * 8 + random(8)) };
    }
    case 'signature': {
      const { from, length } = sample.certificate;
      const at = random(sample.cms.length - length);
      return { ...sample, cms: flipBit(sample.cms, (at < from ? at : at + length) * 8 + random(8)) };
    }
  }
}

/** Data, either reading of it, and the manifest are hit alike, long or short. */
function tamperDocument(sample: SignedSample, random: Draw): SignedSample {
  const { parts, manifest } = sample;
  const flipped = (bytes: Uint8Array) => flipBit(bytes, random(bytes.length * 8));
  switch (random(4)) {
    case 0: {
      // Any byte, as the file may hold it; what is no text any more reads as another one.
      const canonical = new TextDecoder().decode(flipped(new TextEncoder().encode(parts.canonical)));
      return { ...sample, parts: { ...parts, canonical } };
    }
    case 1:
      return { ...sample, parts: { ...parts, pdf: { ...parts.pdf, kk: flipped(parts.pdf.kk) } } };
    case 2:
      return { ...sample, parts: { ...parts, pdf: { ...parts.pdf, ru: flipped(parts.pdf.ru) } } };
    default:
      return { ...sample, manifest: flipped(manifest) };
  }
}

/** The same for the same seed: an attempt that was accepted can be made again. */
function createDraw(seed: number): Draw {
  const random = createRandom(seed);
  return (limit) => Math.floor(random() * limit);
}

function flipBit(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  const changed = Uint8Array.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

/** A verifier that leaves one check out accepts some of the same changes. */
async function runControl(folder: string, context: BenchContext): Promise<Control> {
  const sample = await createSignedSample(folder, context.run);
  const weak: readonly [string, Target, Verifier][] = [
    ['comparing the files with what is signed', 'document', isSignatureValid],
    ['looking at more than signature and chain', 'signature', isLooselyValid],
  ];
  const said: string[] = [];
  let caught = true;
  for (const [index, [missing, target, verifier]] of weak.entries()) {
    const random = createDraw(context.run);
    let accepted = 0;
    for (let number = 0; number < CONTROL_ATTEMPTS; number += 1) {
      if (verifier(tamper(sample, target, random))) accepted += 1;
    }
    context.progress(`without ${missing}`, (index + 1) / weak.length);
    said.push(`without ${missing} the verifier accepts ${accepted} of ${CONTROL_ATTEMPTS}`);
    caught &&= accepted > 0;
  }
  return { planted: said.join('; '), caught };
}
