import { useQuery } from '@tanstack/react-query';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { PackTemplateSettings } from '#features/organisations/web/pack-template-settings.tsx';
import { contractTemplatesQuery } from './contract-queries.ts';
import { ContractEditor } from './contract-editor.tsx';

/** The wordings that contracts are made from, by pack. */
export function ContractSettings() {
  const org = useOrg();
  const { data, ...query } = useQuery(contractTemplatesQuery(org.slug));
  return (
    <PackTemplateSettings
      title="Contracts"
      description="Wordings of contracts, letters and orders. Those that come with Holdfast are plain sentences to begin with and no legal advice: have them looked at by somebody who knows your law."
      noun="wording"
      templates={{ ...query, data: data?.items }}
      renderEditor={(template, onDone) => (
        <ContractEditor
          key={template?.key ?? 'new'}
          template={template}
          variables={data?.variables ?? []}
          onDone={onDone}
        />
      )}
    />
  );
}
