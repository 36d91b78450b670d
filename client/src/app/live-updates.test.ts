import { beforeEach, describe, expect, it, vi } from 'vitest';
import { queryClient } from '../lib/query-client.ts';
import type * as socketModule from '../lib/socket.ts';
import { followLiveUpdates } from './live-updates.ts';

const link = vi.hoisted(() => ({
  kind: 'connecting',
  listeners: new Set<() => void>(),
  on: new Map<string, (data: unknown) => void>(),
}));

vi.mock('../lib/socket.ts', () => ({
  linkState: () => ({ kind: link.kind }) as ReturnType<typeof socketModule.linkState>,
  onLinkChange: (listener: () => void) => {
    link.listeners.add(listener);
    return () => link.listeners.delete(listener);
  },
  socket: {
    on: (name: string, listener: (data: unknown) => void) => link.on.set(name, listener),
    off: (name: string) => link.on.delete(name),
  },
}));

const INVITABLE = ['participants', 'invitable', 'request', 'observer', ''];
const REQUEST = ['consultations', 'one'];

function become(kind: string): void {
  link.kind = kind;
  for (const listener of link.listeners) listener();
}

/** Which of the two were asked anew since the last look. */
function asked(): string[] {
  const stale = [REQUEST, INVITABLE].filter((key) => queryClient.getQueryState(key)?.isInvalidated);
  for (const key of [REQUEST, INVITABLE]) queryClient.setQueryData(key, {});
  return stale.map(([name]) => name as string);
}

beforeEach(() => {
  queryClient.clear();
  link.kind = 'connecting';
  asked();
});

describe('what the screens show', () => {
  it('is asked anew after an absence, the people of a call too; at the first connection the requests alone', () => {
    const stop = followLiveUpdates();
    become('connected');
    expect(asked()).toEqual(['consultations']);
    become('reconnecting');
    expect(asked()).toEqual([]);
    become('connecting');
    become('connected');
    expect(asked()).toEqual(['consultations', 'participants']);
    // Once for one absence.
    become('connected');
    expect(asked()).toEqual(['consultations']);
    stop();
    become('reconnecting');
    become('connected');
    expect(asked()).toEqual([]);
    expect(link.on.size).toBe(0);
  });

  it('follows what is announced: who is asked into a call, and that somebody was told of it', () => {
    const stop = followLiveUpdates();
    link.on.get('participants:changed')?.({});
    expect(asked()).toEqual(['participants']);
    link.on.get('notice:arrived')?.({});
    expect(asked()).toEqual(['participants']);
    link.on.get('consultation:changed')?.({});
    expect(asked()).toEqual(['consultations']);
    stop();
  });
});
