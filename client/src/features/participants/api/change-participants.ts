import * as contract from '@jaqyn/shared/consultations/participant.contract';
import { ParticipantId, type RequestId, type UserId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { newId } from '../../../lib/ids.ts';
import { participantsKey } from './list-participants.ts';

export type ParticipantChange =
  | { readonly kind: 'invite'; readonly userId: UserId; readonly type: contract.ParticipantType }
  | { readonly kind: 'agree' | 'send_out'; readonly participantId: ParticipantId };

/** Asks somebody in, notes that the patient agrees to them, or sends them out; each shows the list as it is then. */
export function useChangeParticipants(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (change: ParticipantChange) => {
      if (change.kind === 'invite') {
        const { userId, type } = change;
        const params = { requestId, participantId: ParticipantId.parse(newId()) };
        return (await call(contract.inviteParticipant, { params, body: { userId, type } })).participants;
      }
      const params = { requestId, participantId: change.participantId };
      const endpoint = change.kind === 'agree' ? contract.noteParticipantConsent : contract.removeParticipant;
      return (await call(endpoint, { params })).participants;
    },
    onSuccess: (participants) => {
      queryClient.setQueryData(participantsKey(requestId), participants);
      void queryClient.invalidateQueries({ queryKey: ['participants', 'invitable'] });
    },
  });
}
