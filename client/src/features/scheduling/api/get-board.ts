import type { EndpointCall, EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import * as contract from '@jaqyn/shared/scheduling/board.contract';
import { listBoardAppointments } from '@jaqyn/shared/scheduling/board-appointments';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export type BoardQuery = NonNullable<EndpointCall<typeof contract.getBoard>['query']>;
/** With whole appointments. */
export interface Board
  extends Omit<EndpointResponse<typeof contract.getBoard>, 'appointments' | 'stations' | 'practitioners'> {
  readonly appointments: Appointment[];
}

/** Specialists and their time. The socket announces changes; the slow poll is for a link where it cannot. */
export function useBoard(query: BoardQuery) {
  return useQuery({
    queryKey: ['schedule', 'board', query],
    queryFn: async ({ signal }): Promise<Board> => {
      const { stations, practitioners, ...board } = await call(contract.getBoard, { query }, { signal });
      return { ...board, appointments: listBoardAppointments({ ...board, stations, practitioners }) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
