import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PDFArray, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { makeHugePng, makePdf, makePhoto, makeTelltalePhoto } from '../../../test/sample-files.ts';
import { createTestFolder } from '../../../test/template-database.ts';
import { type CheckLimits, ProcessChecker } from './file-checker.ts';

async function check(bytes: Uint8Array | string, limits?: CheckLimits) {
  const folder = createTestFolder();
  const made = path.join(folder, 'made');
  mkdirSync(made);
  writeFileSync(path.join(folder, 'file'), bytes);
  const outcome = await new ProcessChecker(limits).check(path.join(folder, 'file'), made);
  return { outcome, read: (name: string) => readFileSync(path.join(made, name)) };
}

const problemOf = async (bytes: Uint8Array | string, limits?: CheckLimits) => {
  const { outcome } = await check(bytes, limits);
  return outcome.kind === 'refused' ? outcome.problem : outcome.kind;
};

describe('pictures', { timeout: 60_000 }, () => {
  test('a photo stands upright, and nothing is left of where it was taken and by whom', async () => {
    const photo = await makeTelltalePhoto();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const { outcome, read } = await check(photo);
    expect(outcome).toMatchObject({ kind: 'made', pages: 1 });
    expect(
      outcome.kind === 'made' && outcome.renditions.map(({ role, width, height }) => [role, width, height]),
    ).toEqual([
      ['full', 40, 60],
      ['preview', 40, 60],
      ['thumbnail', 40, 60],
    ]);
    for (const name of ['full-1', 'preview-1', 'thumbnail-1']) {
      const { exif, xmp, icc, orientation } = await sharp(read(name)).metadata();
      expect({ exif, xmp, icc, orientation }).toEqual({});
      expect(read(name).includes('Айгүл')).toBe(false);
    }
  });

  test('what hangs behind a picture, a page or an archive, is gone', async () => {
    const polyglot = Buffer.concat([await makePhoto(), Buffer.from('<script>alert(1)</script>PK\u0005\u0006')]);
    const { outcome, read } = await check(polyglot);
    expect(outcome.kind).toBe('made');
    expect(read('full-1').includes('script')).toBe(false);
    expect(read('full-1').includes('PK\u0005\u0006')).toBe(false);
  });

  test('each kind keeps its kind and its size; previews fit their frame', async () => {
    const picture = sharp(await makePhoto(2000, 1000));
    for (const [type, bytes] of [
      ['image/png', await picture.clone().png().toBuffer()],
      ['image/webp', await picture.clone().webp().toBuffer()],
    ] as const) {
      const { outcome } = await check(bytes);
      expect(outcome.kind === 'made' && outcome.renditions).toMatchObject([
        { role: 'full', mediaType: type, width: 2000, height: 1000 },
        { role: 'preview', mediaType: 'image/webp', width: 1024, height: 512 },
        { role: 'thumbnail', mediaType: 'image/webp', width: 320, height: 160 },
      ]);
    }
  });

  test('200 megapixels are refused by their header, in a process that could not hold them', async () => {
    expect(await problemOf(makeHugePng(20_000, 10_000))).toBe('attachment.too_many_pixels');
  });

  test('what is no picture of a kind that is taken is refused by its content', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>';
    expect(await problemOf(svg)).toBe('attachment.type_refused');
    expect(await problemOf('MZ\u0090 not a picture')).toBe('attachment.type_refused');
    expect(
      await problemOf(
        await sharp(await makePhoto(9, 9))
          .gif()
          .toBuffer(),
      ),
    ).toBe('attachment.type_refused');
    expect(
      await problemOf(
        await sharp(await makePhoto(64, 64))
          .avif()
          .toBuffer(),
      ),
    ).toBe('attachment.heic_refused');
  });

  test('half a picture is damaged, not a picture with a grey half', async () => {
    const photo = await makePhoto(1600, 1200);
    expect(await problemOf(photo.subarray(0, photo.length / 2))).toBe('attachment.damaged');
  });
});

describe('PDF', { timeout: 60_000 }, () => {
  test('each page is drawn, and the file is made anew without scripts, actions and names of people', async () => {
    const bytes = await makePdf(2, (document) => {
      document.setAuthor('Айгүл');
      document.addJavaScript('run', 'app.alert(1)');
      const link = document.context.obj({
        Type: 'Annot',
        Subtype: 'Link',
        Rect: [0, 0, 9, 9],
        A: { S: 'Launch', F: PDFString.of('calc.exe') },
      });
      document.getPage(0).node.set(PDFName.of('Annots'), document.context.obj([link]));
      document.catalog.set(
        PDFName.of('OpenAction'),
        document.context.obj({ S: 'JavaScript', JS: PDFString.of('x()') }),
      );
    });
    const { outcome, read } = await check(Buffer.concat([bytes, Buffer.from('PK\u0005\u0006behind')]));
    expect(outcome).toMatchObject({ kind: 'made', pages: 2 });
    expect(outcome.kind === 'made' && outcome.renditions.map(({ role, page }) => `${role} ${page}`)).toEqual([
      'document 0',
      'full 1',
      'preview 1',
      'thumbnail 1',
      'full 2',
      'preview 2',
    ]);
    const clean = await PDFDocument.load(read('document-0'), { updateMetadata: false });
    const text = clean.context
      .enumerateIndirectObjects()
      .map(([, object]) => object.toString())
      .join('\n');
    expect(text).not.toMatch(/JavaScript|Launch|calc|alert|OpenAction/);
    expect(clean.getAuthor()).toBeUndefined();
    expect(read('document-0').includes('behind')).toBe(false);
    // White paper with something black on it.
    const { channels } = await sharp(read('full-1')).greyscale().stats();
    expect([channels[0]?.max, (channels[0]?.min ?? 255) < 60]).toEqual([255, true]);
  });

  test('what would be lost or cannot be read is refused, and why is said', async () => {
    const attached = await makePdf(1, (document) => document.attach(Buffer.from('x'), 'other.exe', {}));
    expect(await problemOf(attached)).toBe('attachment.active_content');
    const form = await makePdf(1, (document) => {
      document.catalog.set(
        PDFName.of('AcroForm'),
        document.context.obj({ Fields: [], XFA: PDFArray.withContext(document.context) }),
      );
    });
    expect(await problemOf(form)).toBe('attachment.active_content');
    const locked = await makePdf(1, (document) => document.encrypt({ userPassword: 'a', ownerPassword: 'b' }));
    expect(await problemOf(locked)).toBe('attachment.encrypted');
    expect(await problemOf(await makePdf(31))).toBe('attachment.too_many_pages');
    expect(await problemOf('%PDF-1.7\nnothing more')).toBe('attachment.damaged');
  });
});

describe('a file that breaks the process that reads it', { timeout: 60_000 }, () => {
  test('is refused when it takes too long or too much memory', async () => {
    const photo = await makePhoto();
    expect(await problemOf(photo, { ms: 1, memoryBytes: 2 ** 40 })).toBe('attachment.too_complex');
    expect(await problemOf(photo, { ms: 60_000, memoryBytes: 1024 * 1024 })).toBe('attachment.too_complex');
  });

  test('is checked again after a stop, and not refused for it', async () => {
    const folder = createTestFolder();
    writeFileSync(path.join(folder, 'file'), await makePhoto());
    const checker = new ProcessChecker();
    const running = checker.check(path.join(folder, 'file'), folder);
    checker.close();
    await expect(running).rejects.toThrow('closed');
  });
});

/** So many samples of a tone, as a recording is sent; `tail` hangs behind the sound. */
function makeWav({ hz = 8000, channels = 1, bits = 16, samples = 8000, tail = '' } = {}): Buffer {
  const data = Buffer.alloc(samples * 2);
  for (let at = 0; at < samples; at += 1)
    data.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * 60 * at) / hz)), at * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(hz, 24);
  head.writeUInt32LE((hz * bits * channels) / 8, 28);
  head.writeUInt16LE((bits * channels) / 8, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data, Buffer.from(tail)]);
}

describe('sound', { timeout: 60_000 }, () => {
  test('is written anew, sample by sample, without what hung behind it, and has a curve to look at', async () => {
    const { outcome, read } = await check(makeWav({ tail: 'LIST\u0010\u0000\u0000\u0000INFOIARTАйгүл' }));
    expect(outcome).toMatchObject({
      kind: 'made',
      pages: 1,
      renditions: [
        { role: 'document', page: 0, mediaType: 'audio/wav', file: 'document-0' },
        { role: 'full', page: 1, mediaType: 'image/png', width: 1024, height: 384 },
        { role: 'preview', page: 1 },
        { role: 'thumbnail', page: 1 },
      ],
    });
    expect(read('document-0').equals(makeWav())).toBe(true);
    expect((await sharp(read('full-1')).metadata()).format).toBe('png');
  });

  test('of other kinds, lengths and shapes is refused', async () => {
    expect(await problemOf(makeWav({ channels: 2 }))).toBe('attachment.type_refused');
    expect(await problemOf(makeWav({ bits: 24 }))).toBe('attachment.type_refused');
    expect(await problemOf(makeWav({ hz: 192_000 }))).toBe('attachment.type_refused');
    expect(await problemOf(makeWav({ samples: 8000 * 121 }))).toBe('attachment.too_complex');
    expect(await problemOf(makeWav({ samples: 0 }))).toBe('attachment.damaged');
    expect(await problemOf(makeWav().subarray(0, 3000))).toBe('attachment.damaged');
    expect(await problemOf(makeWav().subarray(0, 12))).toBe('attachment.damaged');
  });
});
