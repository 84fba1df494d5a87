import { useParams, useSearch } from '@tanstack/react-router';
import { FormPage } from './form-page.tsx';

/** The public page within the web app, which a link of the builder leads to where no server sends `form.html`. */
export function FormRoute() {
  const params = useParams({ from: '/forms/$org/$slug' });
  const { embed } = useSearch({ from: '/forms/$org/$slug' });
  return <FormPage {...params} embed={embed === 1} />;
}
