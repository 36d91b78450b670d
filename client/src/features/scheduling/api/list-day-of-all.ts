import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { getBoard } from '@jaqyn/shared/scheduling/board.contract';
import { listBoardAppointments } from '@jaqyn/shared/scheduling/board-appointments';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

type Filter = Pick<NonNullable<EndpointCall<typeof getBoard>['query']>, 'specialty' | 'region'>;

/** As many specialists as the server gives at once. */
const PAGE = 60;

/** All appointments of a day that the coordinator may see, whosever they are: the board's pages together. */
export function useDayOfAll(day: CalendarDate, { specialty, region }: Filter) {
  return useQuery({
    queryKey: ['schedule', 'day-of-all', day, { specialty, region }],
    queryFn: async ({ signal }) => {
      const found = new Map<string, Appointment>();
      for (let offset = 0, total = 1; offset < total; offset += PAGE) {
        const query = { from: day, days: 1, specialty, region, offset, limit: PAGE };
        const page = await call(getBoard, { query }, { signal });
        total = page.total;
        // A consilium is on the page of each of its specialists.
        for (const appointment of listBoardAppointments(page)) found.set(appointment.id, appointment);
      }
      return [...found.values()];
    },
    refetchInterval: 60_000,
  });
}
