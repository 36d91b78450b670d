import type { Participant } from '@jaqyn/shared/consultations/participant.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useEffect, useEffectEvent } from 'react';
import { useParticipants } from '../../features/participants/api/list-participants.ts';

/** Looks who is asked into the call. Nothing of it is shown here, so it comes without words. */
export function PeopleWatch({
  requestId,
  onChange,
}: {
  requestId: RequestId;
  onChange: (participants: readonly Participant[]) => void;
}) {
  const { data } = useParticipants(requestId);
  const tell = useEffectEvent(onChange);
  useEffect(() => {
    if (data) tell(data);
  }, [data]);
  return null;
}
