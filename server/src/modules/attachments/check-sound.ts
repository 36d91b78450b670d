import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { write, writePreview, writeThumbnail } from './check-image.ts';
import { type MadeRendition, Refusal } from './checked-file.ts';

/** What is taken of sound: PCM of 16 bits, one channel, as a stethoscope's recording is made of. */
const LEAST_HZ = 4000;
const MOST_HZ = 48_000;
const MOST_SECONDS = 120;
/** Of the curve that is drawn of it. */
const CURVE = { width: 1024, height: 384 } as const;

interface Sound {
  readonly hz: number;
  /** 16 bits each, little-endian. */
  readonly samples: Buffer;
}

/** Writes the samples into a new file, so that nothing else of it is left, and draws their curve for the lists. Throws Refusal. */
export async function checkSound(file: string, folder: string): Promise<MadeRendition[]> {
  const sound = readWav(await readFile(file));
  await writeFile(path.join(folder, 'document-0'), writeWav(sound));
  const curve = () => sharp(Buffer.from(drawCurve(sound)));
  const whole = await write(curve().png(), { folder, role: 'full', mediaType: 'image/png' });
  return [
    { role: 'document', page: 0, mediaType: 'audio/wav', width: 0, height: 0, file: 'document-0' },
    whole,
    await writePreview(curve(), { folder, page: 1 }),
    await writeThumbnail(curve(), { folder, page: 1 }),
  ];
}

function readWav(bytes: Buffer): Sound {
  if (bytes.length < 12 || bytes.toString('latin1', 8, 12) !== 'WAVE') throw new Refusal('attachment.type_refused');
  let format: Buffer | undefined;
  let samples: Buffer | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (body.length < length) throw new Refusal('attachment.damaged');
    if (name === 'fmt ') format ??= body;
    if (name === 'data') samples ??= body;
    at += 8 + length + (length % 2);
  }
  if (format === undefined || format.length < 16 || samples === undefined) throw new Refusal('attachment.damaged');
  const [coding, channels, hz, bits] = [
    format.readUInt16LE(0),
    format.readUInt16LE(2),
    format.readUInt32LE(4),
    format.readUInt16LE(14),
  ];
  if (coding !== 1 || channels !== 1 || bits !== 16) throw new Refusal('attachment.type_refused');
  if (hz < LEAST_HZ || hz > MOST_HZ) throw new Refusal('attachment.type_refused');
  const whole = samples.subarray(0, samples.length - (samples.length % 2));
  if (whole.length === 0) throw new Refusal('attachment.damaged');
  if (whole.length / 2 / hz > MOST_SECONDS) throw new Refusal('attachment.too_complex');
  return { hz, samples: whole };
}

function writeWav({ hz, samples }: Sound): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(hz, 24);
  head.writeUInt32LE(hz * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** The least and the most of each column, as large as the loudest makes it; one line a second. */
function drawCurve({ hz, samples }: Sound): string {
  const count = samples.length / 2;
  const { width, height } = CURVE;
  const columns = Array.from({ length: width }, (_, column) => {
    const from = Math.floor((column * count) / width);
    const to = Math.max(from + 1, Math.floor(((column + 1) * count) / width));
    let [least, most] = [0, 0];
    for (let at = from; at < Math.min(to, count); at += 1) {
      const value = samples.readInt16LE(at * 2);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return { least, most };
  });
  const loudest = Math.max(1, ...columns.map(({ least, most }) => Math.max(-least, most)));
  const y = (value: number) => (height / 2) * (1 - (0.92 * value) / loudest);
  const curve = columns
    .map(({ least, most }, x) => `M${x} ${y(most).toFixed(1)}V${(y(least) + 1).toFixed(1)}`)
    .join('');
  const seconds = Array.from({ length: Math.floor(count / hz) + 1 }, (_, second) => (second * hz * width) / count);
  const grid = seconds.map((x) => `M${x.toFixed(1)} 0V${height}`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><path d="${grid}" stroke="#cbd5da" stroke-width="1"/><path d="${curve}" stroke="#00687a" stroke-width="1"/></svg>`;
}
