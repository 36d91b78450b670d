import { randomBytes } from 'node:crypto';
import type { Ack } from '@jaqyn/shared/signalling/ack';
import { PIECES_WINDOW_BYTES } from '@jaqyn/shared/signalling/limits';
import { io, type Socket } from 'socket.io-client';
import { expect, it, onTestFinished } from 'vitest';
import { ORIGIN } from '../../../test/build-app.ts';
import { copyingChecker, createUploadDesk, type UploadDesk } from '../../../test/upload-desk.ts';
import { newId } from '../../kernel/ids.ts';

const PIECE = 2500;

async function openLine(desk: UploadDesk, user: { login: string } = desk.world.feldsher) {
  const socket: Socket = io(desk.origin(), {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: ORIGIN, cookie: await desk.signIn(user) },
  });
  onTestFinished(() => void socket.disconnect());
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  const said = async (name: string, data: object) => {
    const ack = (await socket.timeout(10_000).emitWithAck(name, data)) as Ack<{ offset: number }>;
    return ack.ok ? ack.data.offset : ack.problem.code;
  };
  return {
    socket,
    piece: (offset: unknown, bytes: unknown) => said('upload:piece', { offset, bytes }),
    open: (attachmentId: string) => said('upload:open', { attachmentId }),
  };
}

async function announced(size = 40_000) {
  const desk = await createUploadDesk({ fileChecker: copyingChecker });
  onTestFinished(() => desk.app().app.close());
  const file = randomBytes(size);
  const announcement = desk.announcement(file);
  expect((await desk.announce(announcement)).status).toBe(200);
  return { desk, file, id: announcement.id };
}

it('takes pieces that are on their way together in their order, and goes on after a cut where they end, by either way', async () => {
  const { desk, file, id } = await announced();
  const line = await openLine(desk);
  const send = (from: number, count: number, over = line) =>
    Promise.all(
      Array.from({ length: count }, (_, index) => {
        const offset = from + index * PIECE;
        return over.piece(offset, file.subarray(offset, offset + PIECE));
      }),
    );
  expect(await line.open(id)).toBe(0);
  expect(await send(0, 4)).toEqual([1, 2, 3, 4].map((count) => count * PIECE));

  // Six more are on their way when the line goes: some came, and nobody was told which.
  void send(4 * PIECE, 6).catch(() => undefined);
  line.socket.disconnect();
  const next = await openLine(desk);
  // A piece of the old line may still come between the question and the next bytes: then it is asked again, as every client does.
  let here = 0;
  const goOn = async () => {
    here = Number((await desk.head(id)).headers.get('upload-offset'));
    return (await desk.patch(id, here, file.subarray(here, here + 1000))).status;
  };
  await expect.poll(goOn).toBe(204);
  expect(here).toBeGreaterThanOrEqual(4 * PIECE);
  expect(here % PIECE).toBe(0);
  expect(Number(await next.open(id))).toBe(here + 1000);
  expect(await next.piece(here + 1000, file.subarray(here + 1000, here + 1500))).toBe(here + 1500);
  expect((await desk.patch(id, here + 1500, file.subarray(here + 1500))).status).toBe(204);
  await expect.poll(async () => (await desk.list())[0]?.['status'], { timeout: 20_000 }).toBe('stored');
  expect((await desk.read(id, 'full')).body.equals(file)).toBe(true);
  expect(await next.open(id)).toBe(file.byteLength);
});

it('refuses what does not follow, is too much, is no bytes, is not one’s own or was never announced, and keeps what is there', async () => {
  const { desk, file, id } = await announced();
  const line = await openLine(desk);
  expect(await line.piece(0, file.subarray(0, PIECE)), 'nothing was opened').toBe('attachment.offset_conflict');
  expect(await line.open(id)).toBe(0);
  expect(await line.piece(0, file.subarray(0, PIECE))).toBe(PIECE);
  const refusals = [
    [await line.piece(PIECE + 1, file.subarray(0, PIECE)), 'attachment.offset_conflict'],
    [await line.piece(0, file.subarray(0, PIECE)), 'attachment.offset_conflict'],
    [await line.piece(PIECE, randomBytes(PIECES_WINDOW_BYTES + 1)), 'request.invalid'],
    [await line.piece(PIECE, randomBytes(70_000)), 'request.too_large'],
    [await line.piece(PIECE, 'text'), 'request.invalid'],
    [await line.piece(-1, file.subarray(0, 1)), 'request.invalid'],
    [await line.piece(PIECE, new Uint8Array()), 'request.invalid'],
    [await line.open(newId()), 'attachment.not_found'],
  ];
  for (const [got, expected] of refusals) expect(got).toBe(expected);
  const other = await openLine(desk, desk.world.otherFeldsher);
  expect(await other.open(id)).toBe('attachment.not_found');
  expect(await other.piece(PIECE, file.subarray(PIECE, 2 * PIECE))).toBe('attachment.offset_conflict');
  expect(await line.open(id)).toBe(PIECE);
});

it('finds bytes that are not the announced ones at the end, and begins anew', async () => {
  const { desk, file, id } = await announced(3000);
  const line = await openLine(desk);
  await line.open(id);
  expect(
    await line.piece(
      0,
      Buffer.from(file).map((byte) => byte ^ 1),
    ),
  ).toBe('attachment.checksum_mismatch');
  expect(await line.open(id)).toBe(0);
  expect(await line.piece(0, file)).toBe(3000);
  await expect.poll(async () => (await desk.list())[0]?.['status'], { timeout: 20_000 }).toBe('stored');
});
