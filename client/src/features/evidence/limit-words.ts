import type { EvidenceLimits } from '@jaqyn/shared/evidence/judgement';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export type LimitField = keyof EvidenceLimits;

interface LimitWords {
  readonly label: MessageDescriptor;
  /** What happens to a consult that is on the wrong side of it. */
  readonly effect: MessageDescriptor;
  /** Seconds of one unit of the field. */
  readonly unit: number;
}

/** In the order of the form. */
export const limitWords: Readonly<Record<LimitField, LimitWords>> = {
  togetherSeconds: {
    label: msg`Both sides in the room together at least, s`,
    effect: msg`A call with less is not payable. Longer than a wrong number, shorter than the shortest real consult.`,
    unit: 1,
  },
  twoWayAudioSeconds: {
    label: msg`Both sides heard at the same time at least, s`,
    effect: msg`A call with less is not payable. Counted only while sound of both sides reached the server, with or without a picture.`,
    unit: 1,
  },
  overlapSeconds: {
    label: msg`The specialist in another consult at the same time at most, s`,
    effect: msg`A call with more is not payable. Handing over from one room to the next takes a moment.`,
    unit: 1,
  },
  signWithinSeconds: {
    label: msg`Signed after the end of the call within, h`,
    effect: msg`Later, somebody should look at it; it can still be paid.`,
    unit: 3600,
  },
  clockSeconds: {
    label: msg`Clocks apart at most, s`,
    effect: msg`A signature whose time is further from the log's is not payable.`,
    unit: 1,
  },
};
