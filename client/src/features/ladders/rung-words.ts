import type { RungKind } from '@jaqyn/shared/ladders/ladder.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export const rungWords: Record<RungKind, MessageDescriptor> = {
  chosen: msg`Asked for by name`,
  on_call: msg`On call`,
  backup: msg`Backup`,
  head: msg`Head of the department`,
  neighbour: msg`Neighbouring hospital`,
  busy: msg`Those in another call`,
  phone: msg`By phone`,
};
