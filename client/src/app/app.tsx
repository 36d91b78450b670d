import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useEffect } from 'react';
import { useColorScheme } from '../lib/color-scheme.ts';
import { queryClient } from '../lib/query-client.ts';
import { router } from './router.tsx';

/** Providers only. The colour scheme is this device's own choice, not the system's. */
export function App() {
  const scheme = useColorScheme();
  useEffect(() => {
    document.documentElement.dataset['colorScheme'] = scheme;
  }, [scheme]);
  return (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>
  );
}
