import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { FormPage } from '#features/intake/forms/web/filling/form-page.tsx';
import { createQueryClient } from '#platform/client/query-client.ts';
import { reloadAfterDeployment } from './reload-after-deployment.ts';
import './styles.css';

/*
 * A public form by itself: half of what the web app would load, because strangers open it on their phones, once. The
 * server sends this page for /forms/<organisation>/<form>; elsewhere the web app shows the same by its routes.
 */

reloadAfterDeployment();

const [, , org = '', slug = ''] = location.pathname.split('/').map(decodeURIComponent);
const place = document.getElementById('root');
if (!place) throw new Error('form.html has no element #root.');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <FormPage org={org} slug={slug} embed={new URLSearchParams(location.search).get('embed') === '1'} />
    </QueryClientProvider>
  </StrictMode>,
);
