import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useNavigate } from '@tanstack/react-router';
import { useCurrentUser } from '../../lib/session.ts';

/** The room of a request, on the side of whoever sits here. */
export function useEnterCall(): (requestId: RequestId) => void {
  const navigate = useNavigate();
  const { role } = useCurrentUser();
  return (requestId) =>
    void navigate({
      to: role === 'specialist' ? '/consults/$requestId' : '/requests/$requestId/call',
      params: { requestId },
    });
}
