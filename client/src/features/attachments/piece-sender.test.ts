import { PIECES_WINDOW_BYTES } from '@jaqyn/shared/signalling/limits';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProblemError } from '../../lib/problem-error.ts';
import { PIECE_HEADERS, sendInPieces } from './piece-sender.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A server at the end of a line of `bps` and `rttMs`, which takes what follows and nothing else. */
function createLine({
  bps,
  rttMs,
  budget = () => bps,
}: {
  bps: number;
  rttMs: number;
  budget?: () => number | undefined;
}) {
  const state = {
    taken: [] as number[],
    isCut: false,
    mostOnWay: 0,
    mostWaited: 0,
    wire: 0,
    arrived: 0,
    cost: 0,
  };
  let onWay = 0;
  let freeAt = 0;
  const controller = new AbortController();
  const line = {
    signal: controller.signal,
    budgetBps: budget,
    onArrived: (offset: number, cost: number) => {
      state.arrived = offset;
      state.cost += cost;
    },
    async open(): Promise<number> {
      await new Promise((resolve) => setTimeout(resolve, rttMs));
      return state.taken.length;
    },
    async piece(offset: number, bytes: Uint8Array): Promise<number> {
      if (state.isCut) throw ProblemError.local('network.unreachable');
      onWay += bytes.byteLength;
      state.wire += bytes.byteLength;
      state.mostOnWay = Math.max(state.mostOnWay, onWay);
      const now = performance.now();
      state.mostWaited = Math.max(state.mostWaited, freeAt - now);
      freeAt = Math.max(freeAt, now) + (8000 * (bytes.byteLength + PIECE_HEADERS)) / bps;
      await new Promise((resolve) => setTimeout(resolve, freeAt - now + rttMs));
      onWay -= bytes.byteLength;
      if (state.isCut) throw ProblemError.local('network.unreachable');
      if (offset !== state.taken.length) throw ProblemError.local('attachment.offset_conflict');
      state.taken.push(...bytes);
      return state.taken.length;
    },
  };
  return { line, state, stop: () => controller.abort() };
}

const fileOf = (size: number) =>
  new Blob([Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) % 256)]);

/** Runs timers and what hangs on them until it is settled. */
async function finish<T>(work: Promise<T>): Promise<T> {
  const state = { isOver: false };
  const over = work.finally(() => {
    state.isOver = true;
  });
  over.catch(() => undefined);
  for (let turn = 0; turn < 200_000; turn += 1) {
    if (state.isOver) break;
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(5);
  }
  return over;
}

it('uses what it may of a line with a long way, with no more under way than a cut may cost, and makes no queue', async () => {
  const { line, state } = createLine({ bps: 100_000, rttMs: 600 });
  const file = fileOf(80_000);
  const startedAt = performance.now();
  expect(await finish(sendInPieces(file, 0, line))).toBe(true);
  const seconds = (performance.now() - startedAt) / 1000;
  expect(Buffer.from(state.taken).equals(Buffer.from(await file.arrayBuffer()))).toBe(true);
  expect(state.mostOnWay).toBeLessThanOrEqual(PIECES_WINDOW_BYTES);
  // One after the other, a piece a round trip, it would be 20 s.
  expect((8 * state.taken.length) / 100_000 / seconds).toBeGreaterThan(0.75);
  expect(state.mostWaited).toBeLessThan(400);
  expect(state.arrived).toBe(80_000);
  expect(state.cost).toBeGreaterThan(80_000);
});

it('keeps to a budget below the line’s, and to one that changes on the way', async () => {
  let budget = 40_000;
  const { line, state } = createLine({ bps: 1_000_000, rttMs: 100, budget: () => budget });
  const work = finish(sendInPieces(fileOf(60_000), 0, line));
  await vi.advanceTimersByTimeAsync(0);
  const startedAt = performance.now();
  const rates: number[] = [];
  void (async () => {
    while (state.taken.length < 25_000) await new Promise((resolve) => setImmediate(resolve));
    rates.push((8000 * state.taken.length) / (performance.now() - startedAt));
    budget = 160_000;
    const [from, at] = [state.taken.length, performance.now()];
    while (state.taken.length < 55_000) await new Promise((resolve) => setImmediate(resolve));
    rates.push((8000 * (state.taken.length - from)) / (performance.now() - at));
  })();
  expect(await work).toBe(true);
  expect(rates[0]).toBeGreaterThan(30_000);
  expect(rates[0]).toBeLessThan(44_000);
  expect(rates[1]).toBeGreaterThan(100_000);
  expect(rates[1]).toBeLessThan(180_000);
});

it('finds its place where it guessed wrong, and gives up on a server that never agrees', async () => {
  const { line, state } = createLine({ bps: 500_000, rttMs: 50 });
  state.taken.push(...new Uint8Array(await fileOf(30_000).slice(0, 9000).arrayBuffer()));
  expect(await finish(sendInPieces(fileOf(30_000), 0, line))).toBe(true);
  expect(Buffer.from(state.taken).equals(Buffer.from(await fileOf(30_000).arrayBuffer()))).toBe(true);

  const stubborn = createLine({ bps: 500_000, rttMs: 50 }).line;
  const never = {
    ...stubborn,
    piece: async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw ProblemError.local('attachment.offset_conflict');
    },
  };
  await expect(finish(sendInPieces(fileOf(5000), 0, never))).rejects.toMatchObject({
    code: 'attachment.offset_conflict',
  });
});

it('opens the file again on a new connection, and where the server has less than it answered for', async () => {
  const { line, state } = createLine({ bps: 500_000, rttMs: 50 });
  let opened = 0;
  const file = fileOf(20_000);
  // The connection is another one when half is there: nothing is open on it.
  let isNew = false;
  const renewed = {
    ...line,
    open: () => {
      opened += 1;
      isNew = false;
      return line.open();
    },
    piece: async (offset: number, bytes: Uint8Array) => {
      if (opened === 0 && state.taken.length > 10_000) isNew = true;
      if (!isNew) return line.piece(offset, bytes);
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw ProblemError.local('attachment.offset_conflict');
    },
  };
  expect(await finish(sendInPieces(file, 0, renewed))).toBe(true);
  expect(opened).toBe(1);
  expect(Buffer.from(state.taken).equals(Buffer.from(await file.arrayBuffer()))).toBe(true);

  const lossy = createLine({ bps: 500_000, rttMs: 50 });
  let isForgotten = false;
  const forgetful = {
    ...lossy.line,
    piece: async (offset: number, bytes: Uint8Array) => {
      const reached = await lossy.line.piece(offset, bytes);
      if (isForgotten || reached < 20_000) return reached;
      isForgotten = true;
      lossy.state.taken.length = 15_000;
      return 15_000;
    },
  };
  expect(await finish(sendInPieces(file, 0, forgetful))).toBe(true);
  expect(Buffer.from(lossy.state.taken).equals(Buffer.from(await file.arrayBuffer()))).toBe(true);
});

it('says that the line broke, and sends again no more than a window', async () => {
  const { line, state } = createLine({ bps: 100_000, rttMs: 600 });
  const file = fileOf(60_000);
  const broken = finish(sendInPieces(file, 0, line));
  void (async () => {
    while (state.taken.length < 20_000) await new Promise((resolve) => setImmediate(resolve));
    state.isCut = true;
  })();
  await expect(broken).rejects.toMatchObject({ code: 'network.unreachable' });
  state.isCut = false;
  expect(await finish(sendInPieces(file, state.arrived, line))).toBe(true);
  expect(Buffer.from(state.taken).equals(Buffer.from(await file.arrayBuffer()))).toBe(true);
  expect(state.wire - file.size).toBeLessThanOrEqual(PIECES_WINDOW_BYTES);
});

it('stops where it is told to, or where the call has nothing to say any more', async () => {
  let budget: number | undefined = 50_000;
  const first = createLine({ bps: 100_000, rttMs: 100, budget: () => budget });
  const work = finish(sendInPieces(fileOf(50_000), 0, first.line));
  void (async () => {
    while (first.state.taken.length < 10_000) await new Promise((resolve) => setImmediate(resolve));
    budget = undefined;
  })();
  expect(await work).toBe(false);
  expect(first.state.taken.length).toBeLessThan(50_000);

  const second = createLine({ bps: 100_000, rttMs: 100 });
  const stopped = finish(sendInPieces(fileOf(50_000), 0, second.line));
  void (async () => {
    while (second.state.taken.length < 10_000) await new Promise((resolve) => setImmediate(resolve));
    second.stop();
  })();
  expect(await stopped).toBe(false);
});
