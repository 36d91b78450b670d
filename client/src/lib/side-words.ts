import type { RoomSide } from '@jaqyn/shared/signalling/room';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** As what somebody sits in the call. */
export const sideWords: Record<RoomSide, MessageDescriptor> = {
  station: msg`Station`,
  specialist: msg`Specialist`,
  consultant: msg`Further specialist`,
  interpreter: msg`Interpreter`,
  observer: msg`Observer: hears and sees, is silent`,
};
