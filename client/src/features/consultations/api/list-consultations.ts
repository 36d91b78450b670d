import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { call } from '../../../lib/api-client.ts';

type View = z.infer<typeof contract.ConsultationView>;

/** The caller's consultations; the socket announces changes, and the slow poll is for a link where it cannot. */
export function useConsultations(view: View, limit = 50) {
  return useQuery({
    queryKey: ['consultations', 'list', view, limit],
    queryFn: async ({ signal }) =>
      (await call(contract.listConsultations, { query: { view, limit } }, { signal })).consultations,
    refetchInterval: 30_000,
  });
}
