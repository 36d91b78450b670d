import { QueryClient } from '@tanstack/react-query';
import { forgetAnswers } from './answer-memory.ts';
import { isTemporary } from './problem-error.ts';
import { onSessionChange, sessionState } from './session.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => isTemporary(error) && failures < 3,
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5000),
      // A thin link that the browser calls "offline" may still carry a request: always try.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

let userId = currentUserId();

// However one person's session ended here or in another window, the next one at this desk finds nothing of theirs.
onSessionChange(() => {
  const next = currentUserId();
  if (userId !== undefined && next !== userId) {
    queryClient.clear();
    forgetAnswers();
  }
  userId = next;
});

function currentUserId(): string | undefined {
  const session = sessionState();
  return 'user' in session ? session.user.id : undefined;
}
