import * as contract from '@jaqyn/shared/consultations/consultation.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { useLinkState } from '../../../lib/socket.ts';
import { type Moment, nextMoment } from '../ring-memory.ts';

export interface WorklistAnswer {
  readonly consultations: readonly contract.Consultation[];
  /** When it was asked for, to be compared with what the socket has said since. */
  readonly askedAt: Moment;
}

/** The most the server gives at once. */
const PAGE = 200;

/** The specialist's open consultations. The socket announces changes; while it cannot, and while a phone rings, the list is asked more often. */
export function useWorklist({ isRinging, isEnabled }: { isRinging: boolean; isEnabled: boolean }) {
  const isTold = useLinkState().kind === 'connected';
  return useQuery({
    queryKey: ['consultations', 'list', 'worklist'],
    queryFn: async ({ signal }): Promise<WorklistAnswer> => {
      const askedAt = nextMoment();
      const consultations: contract.Consultation[] = [];
      let after: contract.ListPlace | null | undefined;
      // To the end: what rings may be the least urgent of a region's, and what is not in the list falls silent.
      do {
        const query = { view: 'open' as const, limit: PAGE, ...(after && { after }) };
        const page = await call(contract.listConsultations, { query }, { signal });
        consultations.push(...page.consultations);
        after = page.next;
      } while (after !== null);
      return { consultations, askedAt };
    },
    refetchInterval: isRinging || !isTold ? 5000 : 30_000,
    // A phone must ring, and fall silent, in a background tab too.
    refetchIntervalInBackground: true,
    enabled: isEnabled,
  });
}
