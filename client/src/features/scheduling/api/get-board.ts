import type { EndpointCall, EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/board.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export type BoardQuery = NonNullable<EndpointCall<typeof contract.getBoard>['query']>;
export type Board = EndpointResponse<typeof contract.getBoard>;

/** Specialists and their time. The socket announces changes; the slow poll is for a link where it cannot. */
export function useBoard(query: BoardQuery) {
  return useQuery({
    queryKey: ['schedule', 'board', query],
    queryFn: ({ signal }) => call(contract.getBoard, { query }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
