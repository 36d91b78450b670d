import { setupI18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../lib/problem-error.ts';
import type { UploadProgress } from './upload-entry.ts';
import { uploadWords } from './upload-words.ts';

const i18n = setupI18n({ locale: 'en', messages: { en: {} } });

/** As it is read on the row: what goes on, and the time left where one is said. */
function read(progress: UploadProgress, look?: UploadProgress): string[] {
  const { state, timeLeft } = uploadWords(progress, look);
  return [i18n._(state), ...(timeLeft === undefined ? [] : [i18n._(timeLeft)])];
}

const sending = (secondsLeft?: number): UploadProgress => ({ kind: 'sending', secondsLeft });

describe('uploadWords', () => {
  it.each<[UploadProgress, string]>([
    [{ kind: 'held' }, 'Kept here; sent with the request'],
    [{ kind: 'waiting' }, 'Waiting its turn'],
    [{ kind: 'paused' }, 'Paused'],
    [{ kind: 'offline' }, 'No connection; it goes on by itself'],
    [{ kind: 'checking' }, 'Arrived, being checked'],
    [{ kind: 'failed', problem: ProblemError.local('network.unreachable') }, 'Not sent'],
  ])('of $kind has no time', (progress, words) => {
    expect(read(progress)).toEqual([words]);
  });

  it('says how long it will take once the speed is known', () => {
    expect(read(sending())).toEqual(['Sending']);
    expect(read(sending(0))).toEqual(['Sending', '0:00 left']);
    expect(read(sending(65.9))).toEqual(['Sending', '1:05 left']);
    expect(read(sending(3723))).toEqual(['Sending', '1:02:03 left']);
  });

  it('says that a small copy goes first, or that the line is away for both', () => {
    const waiting: UploadProgress = { kind: 'waiting' };
    expect(read(waiting, sending(20))).toEqual(['A small copy goes first']);
    expect(read(waiting, { kind: 'offline' })).toEqual(['No connection; it goes on by itself']);
    for (const kind of ['paused', 'checking', 'waiting'] as const) {
      expect(read(waiting, { kind })).toEqual(['Waiting its turn']);
    }
  });

  it('speaks of the file itself once that goes', () => {
    expect(read(sending(20), { kind: 'offline' })).toEqual(['Sending', '0:20 left']);
    expect(read({ kind: 'paused' }, sending(20))).toEqual(['Paused']);
  });
});
