import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { formatDuration } from '../../lib/format.ts';
import type { UploadProgress } from './upload-entry.ts';

interface UploadWords {
  readonly state: MessageDescriptor;
  /** Said while bytes go and their speed is known. */
  readonly timeLeft?: MessageDescriptor;
}

/** What the row of a file says of its way; `look` is how far its small copy is, while that goes ahead. */
export function uploadWords(progress: UploadProgress, look?: UploadProgress): UploadWords {
  switch (progress.kind) {
    case 'held':
      return { state: msg`Kept here; sent with the request` };
    case 'waiting':
      if (look?.kind === 'sending') return { state: msg`A small copy goes first` };
      // What waits behind its copy waits for the same line.
      return look?.kind === 'offline' ? uploadWords(look) : { state: msg`Waiting its turn` };
    case 'paused':
      return { state: msg`Paused` };
    case 'offline':
      return { state: msg`No connection; it goes on by itself` };
    case 'sending':
      return { state: msg`Sending`, ...(progress.secondsLeft !== undefined && leftOf(progress.secondsLeft)) };
    case 'checking':
      return { state: msg`Arrived, being checked` };
    case 'failed':
      return { state: msg`Not sent` };
  }
}

function leftOf(seconds: number): Pick<UploadWords, 'timeLeft'> {
  const time = formatDuration(seconds);
  return { timeLeft: msg`${time} left` };
}
