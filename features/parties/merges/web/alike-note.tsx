import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { useFormValues } from '#platform/ui/entity-form.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { alikeQuery } from '#features/parties/web/party-queries.ts';
import { alikeWords } from './merge-words.ts';

/** In a form for a new contact: says, while it is typed, which ones are there already. It prevents nothing. */
export function AlikeNote() {
  const org = useOrg();
  const values = useFormValues();
  const text = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '');
  const [name, email, phone] = [useSettled(text('name')), useSettled(text('email')), useSettled(text('phone'))];
  const asking = org.can('parties.read') && (name.length > 1 || email !== '' || phone !== '');
  const wanted = { kind: values['kind'] === 'company' ? ('company' as const) : undefined, name, email, phone };
  const { data } = useQuery({ ...alikeQuery(org.slug, wanted), enabled: asking, placeholderData: keepPreviousData });
  const found = (asking && data?.items.slice(0, 3)) || [];
  return (
    // There from the beginning, so that screen readers say what comes into it.
    <div
      role="status"
      className={cn(
        found.length > 0 ? 'basis-full rounded-md bg-hold-soft px-3 py-2.5 text-sm text-on-hold-soft' : 'sr-only',
      )}
    >
      {found.map(({ party, reasons }) => (
        <p key={party.id} className="text-pretty break-words">
          {alikeWords(party.name, reasons)}{' '}
          <Link
            to="/o/$org/contacts/$id"
            params={{ org: org.slug, id: party.id }}
            className="font-medium underline underline-offset-4"
          >
            Open {party.name}
          </Link>
        </p>
      ))}
    </div>
  );
}
