import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { pathBack } from './session.ts';

/** Leads on at once to where one was going: there is nothing to do on this page. */
export function GoBack({ to }: { to: string | undefined }) {
  const navigate = useNavigate();
  useEffect(() => void navigate({ href: pathBack(to) ?? '/', replace: true }), [navigate, to]);
  return null;
}
