import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { IconCalendarWeek, IconListDetails, type TablerIcon } from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';

export interface NavigationItem {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: MessageDescriptor;
  readonly icon: TablerIcon;
  readonly roles: readonly Role[];
}

/**
 * Where the frame's links lead, in the order they are shown. A role with fewer than two rows gets no navigation: its one
 * screen is where the brand leads.
 */
export const navigation: readonly NavigationItem[] = [
  { to: '/coordinator', label: msg`Requests`, icon: IconListDetails, roles: ['coordinator'] },
  { to: '/schedule', label: msg`Board`, icon: IconCalendarWeek, roles: ['coordinator'] },
];

export function navigationOf(role: Role): readonly NavigationItem[] {
  const items = navigation.filter(({ roles }) => roles.includes(role));
  return items.length < 2 ? [] : items;
}
