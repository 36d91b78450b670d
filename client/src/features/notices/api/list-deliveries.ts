import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/notices/notice.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export interface DeliveryFilter {
  readonly kind?: contract.NoticeKind | undefined;
  readonly channel?: contract.NoticeChannel | undefined;
  readonly state?: contract.DeliveryState | undefined;
  readonly q?: string | undefined;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly offset: number;
}

export const DELIVERIES_A_PAGE = 50;

/** What was sent to whom. */
export function useDeliveries(filter: DeliveryFilter) {
  return useQuery({
    queryKey: ['notices', 'deliveries', filter],
    queryFn: ({ signal }) =>
      call(contract.listDeliveries, { query: { ...filter, limit: DELIVERIES_A_PAGE } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}
