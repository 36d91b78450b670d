import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export const roleNames: Readonly<Record<Role, MessageDescriptor>> = {
  feldsher: msg`Feldsher`,
  specialist: msg`Specialist`,
  coordinator: msg`Coordinator`,
  admin: msg`Administrator`,
  analyst: msg`Analyst`,
};
