import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import { meQuery } from '#features/identity/web/session.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#platform/ui/menu.tsx';

/** The name of the organisation; a menu of the others. */
export function OrganisationSwitcher() {
  const org = useOrg();
  const { data } = useSuspenseQuery(meQuery);
  const navigate = useNavigate();
  return (
    <Menu
      align="start"
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={`Organisation: ${org.name}`}
          className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover"
        >
          <OrganisationMark name={org.name} />
          <span className="min-w-0 flex-1 truncate text-sm font-semibold tracking-tight" title={org.name}>
            {org.name}
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
        </button>
      }
    >
      <MenuLabel>Organisations</MenuLabel>
      {data.organisations.map((other) => (
        <MenuItem key={other.id} onSelect={() => void navigate({ to: '/o/$org', params: { org: other.slug } })}>
          <OrganisationMark name={other.name} />
          <span className="min-w-0 flex-1">
            <span className="block truncate">{other.name}</span>
            <span className="block truncate text-xs text-ink-faint">
              {other.packs.map((pack) => packs[pack].label).join(', ')}
            </span>
          </span>
          {other.id === org.id && <Check aria-hidden className="text-accent" />}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => void navigate({ to: '/welcome' })}>
        <Plus aria-hidden /> New organisation
      </MenuItem>
    </Menu>
  );
}

/** An organisation's first letter, in a square. */
function OrganisationMark({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-6 shrink-0 place-items-center rounded-md bg-accent text-xs font-semibold text-on-accent"
    >
      {name.charAt(0).toUpperCase()}
    </span>
  );
}
