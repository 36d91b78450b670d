import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../lib/problem-error.ts';
import { type ConnectionFacts, deriveConnection, type RoomConnection } from './room-state.ts';

const IN: ConnectionFacts = { end: undefined, isStarted: true, isServerReached: true, media: 'connected' };
const AWAY: ConnectionFacts = { ...IN, isServerReached: false };
const LIVE: RoomConnection = { kind: 'live', since: 10, signallingLostSince: null };
const JOINING: RoomConnection = { kind: 'joining', step: 'room', since: 5 };
const LOST: RoomConnection = { kind: 'reconnecting', step: 'media', since: 30 };
const NOW = 100;

describe('what the screen says of the connection', () => {
  it.each<[string, RoomConnection, ConnectionFacts, RoomConnection]>([
    ['not started', { kind: 'idle' }, { ...IN, isStarted: false }, { kind: 'idle' }],
    [
      'reaching the server',
      { kind: 'idle' },
      { ...AWAY, media: undefined },
      { kind: 'joining', step: 'server', since: NOW },
    ],
    ['let in', JOINING, { ...IN, media: undefined }, JOINING],
    ['media on their way', JOINING, { ...IN, media: 'connecting' }, { kind: 'joining', step: 'media', since: 5 }],
    ['media never came', JOINING, { ...IN, media: 'broken' }, { kind: 'joining', step: 'media', since: 5 }],
    ['in', JOINING, IN, { kind: 'live', since: NOW, signallingLostSince: null }],
    [
      'in with nothing to carry',
      JOINING,
      { ...IN, media: 'idle' },
      { kind: 'live', since: NOW, signallingLostSince: null },
    ],
    ['still in', LIVE, IN, LIVE],
    ['a first track on its way is no loss', LIVE, { ...IN, media: 'connecting' }, LIVE],
    ['the socket away, media go on', LIVE, AWAY, { ...LIVE, signallingLostSince: NOW }],
    ['and still away', { ...LIVE, signallingLostSince: 40 }, AWAY, { ...LIVE, signallingLostSince: 40 }],
    ['and back', { ...LIVE, signallingLostSince: 40 }, IN, LIVE],
    ['media lost', LIVE, { ...IN, media: 'broken' }, { kind: 'reconnecting', step: 'media', since: NOW }],
    [
      'everything lost counts from the first loss',
      { ...LIVE, signallingLostSince: 40 },
      { ...AWAY, media: 'broken' },
      { kind: 'reconnecting', step: 'server', since: 40 },
    ],
    ['put out of the room', LIVE, { ...IN, media: undefined }, { kind: 'reconnecting', step: 'room', since: NOW }],
    ['coming back', LOST, { ...IN, media: 'connecting' }, LOST],
    ['back', LOST, IN, { kind: 'live', since: NOW, signallingLostSince: null }],
    ['over', LOST, { ...IN, end: { kind: 'left', reason: 'replaced' } }, { kind: 'left', reason: 'replaced' }],
  ])('%s', (_what, before, facts, after) => {
    expect(deriveConnection(before, facts, NOW)).toEqual(after);
  });

  it('stays the same object while nothing changes', () => {
    expect(deriveConnection(LIVE, IN, NOW)).toBe(LIVE);
    const problem = ProblemError.local('room.full');
    const failed: RoomConnection = { kind: 'failed', problem };
    expect(deriveConnection(failed, { ...IN, end: { kind: 'failed', problem } }, NOW)).toBe(failed);
  });
});
