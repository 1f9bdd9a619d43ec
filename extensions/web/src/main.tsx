/** Entry of the browser pages: the sandbox CRM and the console, each loaded only where it is used. */
import '@fontsource-variable/inter/index.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import './page.css';

const Sandbox = lazy(() => import('./sandbox/Sandbox.tsx'));
const Console = lazy(() => import('./console/Console.tsx'));

const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } },
});

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <Suspense>
            <Routes>
              <Route path="/sandbox/*" element={<Sandbox />} />
              <Route path="/console/*" element={<Console />} />
              <Route path="*" element={<Navigate to="/sandbox" replace />} />
            </Routes>
          </Suspense>
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>,
  );
}
