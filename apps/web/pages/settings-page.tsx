import { ApiKeys } from '#features/identity/web/api-keys.tsx';
import { Members } from '#features/organisations/web/members.tsx';
import { OrganisationSettings } from '#features/organisations/web/organisation-settings.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Feeds } from '#features/scheduling/availability/web/feeds.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';

/** Settings of the organisation, as far as the reader may see them. A new part is one line here. */
export function SettingsPage() {
  const org = useOrg();
  return (
    <>
      <PageHeader title="Settings" />
      <div className="grid max-w-3xl grid-cols-1 divide-y divide-line px-4 pb-12 sm:px-6">
        <OrganisationSettings />
        <Members />
        <ApiKeys />
        <Feeds resourceId={null} name={org.name} />
      </div>
    </>
  );
}
