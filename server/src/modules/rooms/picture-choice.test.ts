import type { RoomSide } from '@jaqyn/shared/signalling/room';
import { expect, test } from 'vitest';
import { chooseFaces, MOST_FACES, type PictureWidth } from './picture-choice.ts';

const face = (id: string, side: RoomSide, hasFace = true) => ({ id, side, hasFace });
const station = face('t', 'station');
const specialist = face('s', 'specialist');
const second = face('c', 'consultant');
const interpreter = face('i', 'interpreter');

function chosen(side: RoomSide, width: PictureWidth, others: ReturnType<typeof face>[], spoken: string[] = []): string {
  return [...chooseFaces({ side, width }, others, spoken)].join('');
}

test('the station sees the specialist until another one speaks, and then whoever did so last', () => {
  const others = [second, specialist, interpreter];
  expect(chosen('station', 'front', others)).toBe('s');
  expect(chosen('station', 'front', others, ['c'])).toBe('c');
  // What the station says itself changes nothing.
  expect(chosen('station', 'front', others, ['t', 'i', 'c'])).toBe('i');
});

test('everybody else looks at the patient, whoever speaks', () => {
  for (const side of ['specialist', 'consultant', 'interpreter', 'observer'] as const) {
    expect(chosen(side, 'front', [second, station, specialist], ['c'])).toBe('t');
    expect(chosen(side, 'all', [second, station, specialist], ['c'])).toBe('tcs');
  }
});

test('who is not seen takes nobody’s place', () => {
  expect(chosen('station', 'front', [specialist, face('c', 'consultant', false)], ['c'])).toBe('s');
  expect(chosen('specialist', 'front', [face('t', 'station', false), second])).toBe('c');
});

test('a link that carries no picture gets none, and one that carries many not more than an old computer decodes', () => {
  const crowd = [station, specialist, second, interpreter, face('d', 'consultant')];
  expect(chosen('observer', 'none', crowd)).toBe('');
  expect(chosen('observer', 'all', crowd)).toHaveLength(MOST_FACES);
});
