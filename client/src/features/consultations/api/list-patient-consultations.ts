import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import type { PatientId } from '@jaqyn/shared/kernel/ids';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

const PAGE = 20;

/** Consultations of one patient that the caller may see, newest first, page by page. */
export function usePatientConsultations(patientId: PatientId | undefined) {
  return useInfiniteQuery({
    queryKey: ['consultations', 'pages', 'patient', patientId],
    queryFn: ({ pageParam, signal }) =>
      call(
        contract.listConsultations,
        { query: { view: 'recent', patientId, limit: PAGE, ...(pageParam !== undefined && { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: undefined as contract.ListPlace | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => ({
      consultations: pages.flatMap(({ consultations }) => consultations),
      total: pages.at(-1)?.total ?? null,
    }),
    enabled: patientId !== undefined,
  });
}
