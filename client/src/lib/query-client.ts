import { QueryClient } from '@tanstack/react-query';
import { isTemporary } from './problem-error.ts';

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
