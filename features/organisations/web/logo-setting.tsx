import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { urlOf } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { organisations } from '../contract.ts';
import { fittedLogo } from './fitted-logo.ts';
import { useOrg } from './org-context.tsx';
import { organisationQuery, organisationsApi } from './organisation-queries.ts';

/** The picture on documents and public pages. */
export function LogoSetting() {
  const org = useOrg();
  const toast = useToast();
  const queries = useQueryClient();
  const { data } = useQuery(organisationQuery(org.slug));
  const picker = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const set = useChange(org.slug, ['organisations'], (image: string, call) =>
    organisationsApi.setLogo({ org: org.slug, body: { image } }, call),
  );
  const remove = useChange(org.slug, ['organisations'], (_: void, call) =>
    organisationsApi.removeLogo({ org: org.slug }, call),
  );
  if (!data || !org.can('organisation.change')) return null;
  const choose = async (file: File) => {
    setRefused(null);
    const image = await fittedLogo(file);
    if (image === null) return setRefused('This picture can’t be read. Choose a PNG or a JPEG.');
    set.mutate(image, {
      onSuccess: (settings) => {
        queries.setQueryData(organisationQuery(org.slug).queryKey, settings);
        toast({ tone: 'good', title: 'The logo is set' });
      },
    });
  };
  const address = `${urlOf(organisations.routes.logo, { params: { orgId: data.id } })}?at=${data.logoSetAt}`;
  return (
    <Section
      title="Logo"
      description="On day sheets, contracts and other documents, and on the pages that you send to others. A PNG or JPEG; a large one is made smaller."
    >
      <div className="flex flex-wrap items-center gap-4">
        {data.logoSetAt && (
          // As on paper, also where the screen is dark.
          <span className="grid h-20 w-48 place-items-center rounded-lg border border-line bg-white p-3">
            <img src={address} alt={`Logo of ${org.name}`} className="max-h-full max-w-full object-contain" />
          </span>
        )}
        <input
          ref={picker}
          type="file"
          accept="image/png,image/jpeg"
          aria-label="Picture of the logo"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            target.value = '';
            if (file) void choose(file);
          }}
        />
        <div className="flex flex-wrap gap-2">
          <Button busy={set.isPending} onClick={() => picker.current?.click()}>
            {data.logoSetAt ? 'Choose another picture' : 'Choose a picture'}
          </Button>
          {data.logoSetAt && (
            <Button variant="danger-ghost" busy={remove.isPending} onClick={() => remove.mutate()}>
              Take it away
            </Button>
          )}
        </div>
      </div>
      {refused && (
        <p role="alert" className="mt-2 text-sm text-danger">
          {refused}
        </p>
      )}
      {(set.error ?? remove.error) && <ErrorNotice error={set.error ?? remove.error} className="mt-3" />}
    </Section>
  );
}
