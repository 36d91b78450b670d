import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  IconAccessPoint,
  IconBook2,
  IconCalendarStar,
  IconCalendarUser,
  IconCalendarWeek,
  IconClipboardList,
  IconDeviceDesktopCheck,
  IconDeviceTv,
  IconFileText,
  IconFirstAidKit,
  IconHome,
  IconInbox,
  IconListCheck,
  IconListDetails,
  IconListSearch,
  IconMailForward,
  IconMoonStars,
  IconSearch,
  IconStairsUp,
  IconTemplate,
  type TablerIcon,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';

export interface NavigationItem {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: MessageDescriptor;
  readonly icon: TablerIcon;
  readonly roles: readonly Role[];
  /** Those for whom it is no daily work: behind "More", so that the day's screens fit a PC's line. */
  readonly more?: readonly Role[];
}

/**
 * Where the frame's links lead, in the order they are shown. A role with fewer than two rows gets no navigation: its one
 * screen is where the brand leads.
 */
export const navigation: readonly NavigationItem[] = [
  { to: '/triage', label: msg`Inbox`, icon: IconInbox, roles: ['coordinator'] },
  { to: '/coordinator', label: msg`Requests`, icon: IconListDetails, roles: ['coordinator'] },
  { to: '/schedule', label: msg`Board`, icon: IconCalendarWeek, roles: ['coordinator'] },
  { to: '/', label: msg`Start`, icon: IconHome, roles: ['feldsher'] },
  { to: '/worklist', label: msg`Worklist`, icon: IconListDetails, roles: ['specialist'] },
  { to: '/today', label: msg`Appointments`, icon: IconCalendarWeek, roles: ['feldsher', 'specialist'] },
  { to: '/follow-ups', label: msg`Follow-ups`, icon: IconListCheck, roles: ['feldsher', 'coordinator'] },
  { to: '/day-list', label: msg`Day list`, icon: IconClipboardList, roles: ['coordinator'] },
  { to: '/rosters', label: msg`Rosters`, icon: IconCalendarUser, roles: ['coordinator'] },
  { to: '/my-roster', label: msg`My roster`, icon: IconCalendarUser, roles: ['specialist'] },
  { to: '/day-end', label: msg`End of day`, icon: IconMoonStars, roles: ['coordinator'] },
  { to: '/schedule/wall', label: msg`Wall`, icon: IconDeviceTv, roles: ['coordinator'], more: ['coordinator'] },
  {
    to: '/search',
    label: msg`Search`,
    icon: IconSearch,
    roles: ['feldsher', 'specialist', 'coordinator'],
    more: ['coordinator'],
  },
  { to: '/link-check', label: msg`Camera and link`, icon: IconDeviceDesktopCheck, roles: ['feldsher', 'specialist'] },
  { to: '/network', label: msg`Links`, icon: IconAccessPoint, roles: ['coordinator'], more: ['coordinator'] },
  { to: '/overview', label: msg`Overview`, icon: IconHome, roles: ['admin'] },
  {
    to: '/services',
    label: msg`Services`,
    icon: IconFirstAidKit,
    roles: ['coordinator', 'admin'],
    more: ['coordinator'],
  },
  {
    to: '/special-days',
    label: msg`Holidays`,
    icon: IconCalendarStar,
    roles: ['coordinator', 'admin'],
    more: ['coordinator', 'admin'],
  },
  {
    to: '/ladders',
    label: msg`Escalation`,
    icon: IconStairsUp,
    roles: ['coordinator', 'admin'],
    more: ['coordinator'],
  },
  {
    to: '/protocols',
    label: msg`Protocols`,
    icon: IconListCheck,
    roles: ['coordinator', 'admin'],
    more: ['coordinator'],
  },
  {
    to: '/consent-texts',
    label: msg`Consent texts`,
    icon: IconFileText,
    roles: ['coordinator', 'admin'],
    more: ['coordinator', 'admin'],
  },
  {
    to: '/conclusion-templates',
    label: msg`Templates`,
    icon: IconTemplate,
    roles: ['specialist', 'coordinator', 'admin'],
    more: ['specialist', 'coordinator', 'admin'],
  },
  {
    to: '/patients/duplicates',
    label: msg`Double cards`,
    icon: IconListDetails,
    roles: ['coordinator'],
    more: ['coordinator'],
  },
  {
    to: '/notices/sent',
    label: msg`Notices sent`,
    icon: IconMailForward,
    roles: ['coordinator', 'admin'],
    more: ['coordinator'],
  },
  {
    to: '/evidence-limits',
    label: msg`Payable consults`,
    icon: IconListCheck,
    roles: ['admin'],
    more: ['admin'],
  },
  { to: '/licences', label: msg`Licences`, icon: IconListCheck, roles: ['admin'] },
  { to: '/terminologies', label: msg`ICD-10 codes`, icon: IconBook2, roles: ['admin'], more: ['admin'] },
  { to: '/audit', label: msg`Audit log`, icon: IconListSearch, roles: ['admin'] },
];

export function navigationOf(role: Role): readonly NavigationItem[] {
  const items = navigation.filter(({ roles }) => roles.includes(role));
  return items.length < 2 ? [] : items;
}
