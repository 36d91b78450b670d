import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/protocols/protocol.contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function useProtocolVersions() {
  return useQuery({
    queryKey: ['protocols', 'versions'],
    queryFn: async ({ signal }) => (await call(contract.listProtocolVersions, undefined, { signal })).protocols,
  });
}

export function useSaveProtocol() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.saveProtocol>['body']) => call(contract.saveProtocol, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['protocols'] }),
  });
}

export function usePreviewProtocol() {
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.previewProtocol>['body']) =>
      call(contract.previewProtocol, { body }),
  });
}
