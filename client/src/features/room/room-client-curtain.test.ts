import type { Curtain } from '@jaqyn/shared/signalling/room';
import { expect, it, vi } from 'vitest';
import { RoomCurtain } from './room-client-curtain.ts';
import { FakeSignalling } from './test-support.ts';

const DRAWN: Curtain = { hidesSound: false, by: 'A feldsher', at: '2026-11-22T09:00:00.000Z' as Curtain['at'] };

function setUp() {
  const signalling = new FakeSignalling();
  const curtain = RoomCurtain.create({ signalling, onChange: () => undefined });
  return { signalling, curtain };
}

it('hides before the server has answered, and says by whom when it has', async () => {
  const { signalling, curtain } = setUp();
  signalling.answer('curtain:set', () => ({ curtain: DRAWN }));
  curtain.set({ isDrawn: true, hidesSound: false });
  expect(curtain.shown).toEqual({ hidesSound: false, by: null, at: null, isTold: false });
  await vi.waitFor(() => expect(curtain.shown).toEqual({ ...DRAWN, isTold: true }));
});

it('stays drawn without a line, whatever the server remembers, and is told when it is back', async () => {
  const { signalling, curtain } = setUp();
  signalling.answer('curtain:set', () => ({ curtain: DRAWN }));
  signalling.isConnected = false;
  curtain.set({ isDrawn: true, hidesSound: false });
  await curtain.say();
  signalling.isConnected = true;
  curtain.apply(null);
  expect(curtain.shown).toMatchObject({ isTold: false });
  await curtain.say();
  expect(curtain.shown).toEqual({ ...DRAWN, isTold: true });
  expect(signalling.count('curtain:set')).toBe(1);
});

it('opens only when the server has written it', async () => {
  const { signalling, curtain } = setUp();
  curtain.apply(DRAWN);
  signalling.refuse('curtain:set', 'store.unavailable');
  curtain.set({ isDrawn: false, hidesSound: false });
  await curtain.say();
  expect(curtain.shown).toMatchObject({ isTold: true });
  signalling.answer('curtain:set', () => ({ curtain: null }));
  await curtain.say();
  expect(curtain.shown).toBeNull();
});

it('gives up what is refused, and shows what the server says', async () => {
  const { signalling, curtain } = setUp();
  curtain.apply(DRAWN);
  signalling.refuse('curtain:set', 'auth.forbidden');
  curtain.set({ isDrawn: false, hidesSound: false });
  await vi.waitFor(() => expect(signalling.count('curtain:set')).toBe(1));
  await curtain.say();
  expect(curtain.shown).toEqual({ ...DRAWN, isTold: true });
  expect(signalling.count('curtain:set')).toBe(1);
});
