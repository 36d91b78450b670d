import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { useColorScheme } from '../lib/color-scheme.ts';
import { queryClient } from '../lib/query-client.ts';
import { theme } from '../ui/theme.ts';
import { router } from './router.tsx';

/** Providers only. The colour scheme is forced from our own store; no style element is written (see ui/theme.ts). */
export function App() {
  const scheme = useColorScheme();
  return (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <MantineProvider
          theme={theme}
          forceColorScheme={scheme}
          withCssVariables={false}
          withGlobalClasses={false}
          withStaticClasses={false}
        >
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </MantineProvider>
      </I18nProvider>
    </StrictMode>
  );
}
