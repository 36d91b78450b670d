import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMarkSender, MARK_LIFE_MS, MarkStore } from './mark-store.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const stroke = (id: string, x: number): SharedMark => ({ kind: 'stroke', id, points: [{ x, y: 0 }] });
const pointer = (x: number): SharedMark => ({ kind: 'pointer', at: { x, y: 0 } });

it('a person has one pointer, strokes grow, and each goes when its time is over', () => {
  const changed = vi.fn();
  const store = MarkStore.create(changed);
  store.add({ by: 'a', mark: pointer(0.1) });
  store.add({ by: 'a', mark: pointer(0.2) });
  store.add({ by: 'b', mark: pointer(0.3) });
  store.add({ by: 'a', mark: stroke('s', 0.1) });
  store.add({ by: 'a', mark: stroke('s', 0.2) });
  expect(store.marks.map(({ mark }) => mark.kind)).toEqual(['pointer', 'pointer', 'stroke']);
  expect(store.marks[2]?.mark).toMatchObject({ points: [{ x: 0.1 }, { x: 0.2 }] });
  vi.advanceTimersByTime(MARK_LIFE_MS.stroke + 2);
  expect(store.marks.map(({ mark }) => mark.kind)).toEqual(['pointer', 'pointer']);
  vi.advanceTimersByTime(MARK_LIFE_MS.pointer);
  expect(store.marks).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it('taking one’s marks away leaves the other’s', () => {
  const store = MarkStore.create(() => undefined);
  store.add({ by: 'a', mark: { kind: 'ruler', from: { x: 0, y: 0 }, to: { x: 1, y: 0 }, mm: null } });
  store.add({ by: 'b', mark: pointer(0.3) });
  store.add({ by: 'a', mark: { kind: 'none' } });
  expect(store.marks.map(({ by }) => by)).toEqual(['b']);
  store.close();
});

it('sends the newest pointer and all of a stroke, no faster than eight a second', () => {
  const sent: SharedMark[] = [];
  const send = createMarkSender((mark) => sent.push(mark));
  for (let index = 0; index < 30; index += 1) send(pointer(index / 30));
  vi.advanceTimersByTime(1000);
  expect(sent.length).toBeLessThanOrEqual(8);
  expect(sent.at(-1)).toEqual(pointer(29 / 30));
  sent.length = 0;
  for (let index = 0; index < 100; index += 1) send(stroke('s', index / 100));
  vi.advanceTimersByTime(3000);
  const points = sent.flatMap((mark) => (mark.kind === 'stroke' ? mark.points : []));
  expect(points).toHaveLength(100);
  const longest = Math.max(...sent.map((mark) => (mark.kind === 'stroke' ? mark.points.length : 0)));
  expect(longest).toBeLessThanOrEqual(48);
});
