import type { DeliveryId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/notices/notice.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Tries a dead one again. */
export function useRetryDelivery() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: DeliveryId) => call(contract.retryDelivery, { params: { deliveryId } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['notices', 'deliveries'] }),
  });
}
