import type { CallStep, StepReason } from '@jaqyn/shared/media/call-step';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What is sent of a picture, as it stands after "Your picture:". */
export const stepWords: Readonly<Record<CallStep, MessageDescriptor>> = {
  sharp: msg`full size`,
  small: msg`small`,
  still: msg`a still every 5 s`,
  voice: msg`voice only`,
};

export const stepReasonWords: Readonly<Record<StepReason, MessageDescriptor>> = {
  link: msg`the link carries no more`,
  by_hand: msg`chosen by hand`,
  no_camera: msg`the camera is off`,
  examination: msg`the examination goes first`,
  file: msg`a photo goes first`,
  computer: msg`the computer makes no more`,
  too_thin: msg`the line is too thin to talk`,
};
