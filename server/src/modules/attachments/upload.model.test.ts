import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyingChecker, createUploadDesk, type UploadDesk } from '../../../test/upload-desk.ts';

type Step =
  | { readonly kind: 'send'; readonly length: number; readonly shift: number }
  | { readonly kind: 'cut'; readonly length: number; readonly sent: number }
  | { readonly kind: 'garble'; readonly length: number }
  | { readonly kind: 'twice'; readonly length: number }
  | { readonly kind: 'announce' | 'restart' | 'look' };

const length = fc.integer({ min: 1, max: 60_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('send' as const), length, shift: fc.constantFrom(0, 0, 0, -7, 9) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('cut' as const), length, sent: fc.integer({ min: 0, max: 40_000 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('garble' as const), length }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('twice' as const), length }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('announce' as const, 'restart' as const, 'look' as const) }),
  },
);

/** What an honest client may be told while it goes on. */
const TOLD = [
  undefined,
  'attachment.offset_conflict',
  'attachment.checksum_mismatch',
  'attachment.too_large',
  'request.invalid',
];

function demand(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}

async function offsetOf(desk: UploadDesk, id: string): Promise<number> {
  const answer = await desk.head(id);
  demand(answer.status === 200, `HEAD answered ${answer.status}`);
  return Number(answer.headers.get('upload-offset'));
}

async function run(desk: UploadDesk, id: string, file: Buffer, announcement: object, step: Step): Promise<void> {
  const at = await offsetOf(desk, id);
  demand(at <= file.byteLength, `${at} bytes are more than there are`);
  const piece = (from: number, length: number) => file.subarray(Math.max(0, from), Math.max(0, from) + length);
  switch (step.kind) {
    case 'send': {
      const from = Math.max(0, at + step.shift);
      const answer = await desk.patch(id, from, piece(from, step.length));
      demand(TOLD.includes(answer.code), `told ${answer.code}`);
      demand(from === at || answer.status >= 400, `taken from ${from}, ${at} were here`);
      return;
    }
    case 'cut':
      return desk.cutPatch(id, at, piece(at, step.length), Math.min(step.sent, step.length, file.byteLength - at));
    case 'garble': {
      const answer = await desk.patch(
        id,
        at,
        Buffer.from(piece(at, step.length)).map((byte) => byte ^ 1),
      );
      demand(TOLD.includes(answer.code), `told ${answer.code}`);
      return;
    }
    case 'twice': {
      const answers = await Promise.all([1, 2].map(() => desk.patch(id, at, piece(at, step.length))));
      for (const { code } of answers) demand(TOLD.includes(code), `told ${code}`);
      return;
    }
    case 'announce':
      demand((await desk.announce(announcement)).status === 200, 'not announced again');
      return;
    case 'restart':
      return desk.restart();
    case 'look': {
      const [found] = await desk.list();
      demand(/^(uploading|checking|stored)$/.test(String(found?.['status'])), `is ${String(found?.['status'])}`);
      return;
    }
  }
}

test('whatever becomes of line and server, the file is there byte by byte or the upload goes on', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 150_000 }),
      fc.array(step, { minLength: 1, maxLength: 9 }),
      async (size, steps) => {
        const desk = await createUploadDesk({ fileChecker: copyingChecker });
        const file = randomBytes(size);
        const announcement = desk.announcement(file);
        const { id } = announcement;
        expect((await desk.announce(announcement)).status).toBe(200);
        for (const step of steps) await run(desk, id, file, announcement, step);

        // A patient client: asks how far it is and sends the rest. Garbled bytes cost one more round.
        for (let round = 0; round < 3; round += 1) {
          const at = await offsetOf(desk, id);
          if (at < size) await desk.patch(id, at, file.subarray(at));
        }
        await expect.poll(async () => (await desk.list())[0]?.['status'], { timeout: 20_000 }).toBe('stored');
        const kept = await desk.read(id, 'full');
        expect(kept.body.equals(file)).toBe(true);
        await desk.app().app.close();
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
});
