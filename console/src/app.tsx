import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem } from './api/problem.ts';
import { router } from './routes.tsx';
import { ThemeProvider } from './ui/theme/theme.tsx';
import { LanguageProvider } from './words/language.tsx';

/** Only what may pass by itself is asked again; a write never. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) =>
        failures < 2 &&
        error instanceof ApiProblem &&
        (error.status === 0 || (error.status >= 502 && error.status <= 504)),
      staleTime: 5_000,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

/** The console: its providers around its pages. */
export function App(): ReactNode {
  return (
    <LanguageProvider>
      <ThemeProvider>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ThemeProvider>
    </LanguageProvider>
  );
}
