import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/calendar-feed.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** A new calendar address; the answer is the only time it is told. */
export function useCreateCalendarFeed() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.createCalendarFeed>) => call(contract.createCalendarFeed, input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['schedule'] }),
  });
}
