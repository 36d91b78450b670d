import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import * as z from 'zod/mini';
import { serverNow } from '../../../lib/clock.ts';
import { useCurrentUser } from '../../../lib/session.ts';
import { createStore, useStore } from '../../../lib/store.ts';
import { appointmentQuery } from '../api/get-appointment.ts';
import { dayListQuery } from '../api/get-day-list.ts';
import { useWaitlist } from '../api/list-waitlist.ts';
import { ownChanges, ownVersions } from '../own-changes.ts';
import {
  findNews,
  listVanished,
  type News,
  remember,
  type SeenAppointments,
  SeenAppointments as SeenSchema,
} from './schedule-news.ts';

/** How far ahead a change by others is told of. */
const WATCHED_DAYS = 14;

/**
 * What others changed in the station's appointments since this desk last looked, until it is said to be read. Today and tomorrow are
 * looked at always, later days when something of them is remembered.
 */
export function useScheduleNews(): { news: readonly News[]; markRead: (news: News) => void } {
  const userId = useCurrentUser().id;
  const own = useStore(ownChanges);
  const seen = useSeen(userId);
  const today = localDate(new Date(serverNow()));
  const days = watchedDays(seen, today);
  const lists = useQueries({ queries: days.map((day) => dayListQuery(day)) });
  const waitlist = useWaitlist();
  const isComplete = lists.every(({ data }) => data !== undefined) && waitlist.data !== undefined;
  const listed: Appointment[] = [
    ...lists.flatMap(({ data }) => data?.map(({ appointment }) => appointment) ?? []),
    ...(waitlist.data?.entries.map(({ appointment }) => appointment) ?? []),
  ];
  const vanished = useQueries({
    queries: (isComplete ? listVanished(seen, listed, today, days) : []).map((id) => appointmentQuery(id)),
  });
  const appointments = [...listed, ...vanished.flatMap(({ data }) => data ?? [])];
  const news = isComplete ? findNews(seen, appointments, ownVersions.get()) : [];
  // Booked here for a day that is not looked at yet: from now on it is.
  const listedIds = new Set(appointments.map(({ id }) => id));
  const known = [
    ...appointments,
    ...[...own.values()].filter(({ id }) => !listedIds.has(id) && seen[id] === undefined),
  ];

  const next = isComplete ? remember(seen, known, news, today) : seen;
  const written = JSON.stringify(next);
  useEffect(() => {
    if (written !== JSON.stringify(seen)) keep(userId, next);
  }, [written, next, seen, userId]);

  return {
    news,
    markRead: (read) =>
      keep(
        userId,
        remember(
          seen,
          [read.appointment],
          news.filter((one) => one !== read),
          today,
        ),
      ),
  };
}

function watchedDays(seen: SeenAppointments, today: CalendarDate): CalendarDate[] {
  const last = addDays(today, WATCHED_DAYS);
  const remembered = Object.values(seen).flatMap(({ startsAt }) => (startsAt === null ? [] : [localDate(startsAt)]));
  return [...new Set([today, addDays(today, 1), ...remembered])].filter((day) => day >= today && day <= last).sort();
}

const keyOf = (userId: string) => `jaqyn.schedule-seen.${userId}`;

/** What this desk has seen, for whoever sits here. */
const memory = createStore<{ readonly userId: string; readonly seen: SeenAppointments }>({ userId: '', seen: {} });

function useSeen(userId: string): SeenAppointments {
  const current = useStore(memory);
  const stored = useMemo(() => load(userId), [userId]);
  return current.userId === userId ? current.seen : stored;
}

function load(userId: string): SeenAppointments {
  try {
    const parsed = z.safeParse(SeenSchema, JSON.parse(localStorage.getItem(keyOf(userId)) ?? '{}'));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

function keep(userId: string, seen: SeenAppointments): void {
  memory.set({ userId, seen });
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(seen));
  } catch {
    // Without a memory nothing is told twice, and what is in the list is true all the same.
  }
}
