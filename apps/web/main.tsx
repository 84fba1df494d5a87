import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '#platform/client/query-client.ts';
import { shareNonce } from '#platform/ui/nonce.ts';
import { ToastProvider } from '#platform/ui/toast.tsx';
import { TooltipProvider } from '#platform/ui/tooltip.tsx';
import { createAppRouter } from './router.ts';
import './styles.css';

shareNonce();

const queries = createQueryClient(() => {
  // A session that ended while an organisation was open; elsewhere nobody need be signed in.
  if (!location.pathname.startsWith('/o/')) return;
  queries.clear();
  void router.navigate({ to: '/sign-in', search: { to: location.pathname + location.search } });
});
const router = createAppRouter(queries);

// After a deployment an open page asks for files that are gone: the new page has the new names.
window.addEventListener('vite:preloadError', () => location.reload());

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no element #root.');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <TooltipProvider delayDuration={400}>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
);
