import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { StepUp } from '#features/identity/web/step-up.tsx';
import { createQueryClient } from '#platform/client/query-client.ts';
import { onTurnedAway } from '#platform/client/who-asks.ts';
import { shareNonce } from '#platform/ui/nonce.ts';
import { ToastProvider } from '#platform/ui/toast.tsx';
import { TooltipProvider } from '#platform/ui/tooltip.tsx';
import { reloadAfterDeployment } from './reload-after-deployment.ts';
import { createAppRouter } from './router.ts';
import { turnedAway } from './turned-away.ts';
import './styles.css';

shareNonce();

const queries = createQueryClient();
const router = createAppRouter(queries);
onTurnedAway(turnedAway(router, queries));

reloadAfterDeployment();

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no element #root.');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <TooltipProvider delayDuration={400}>
        <ToastProvider>
          <RouterProvider router={router} />
          <StepUp />
        </ToastProvider>
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
);
