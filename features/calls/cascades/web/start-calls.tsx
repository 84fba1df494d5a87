import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { lastSettings, rememberSettings, withoutFee, type CallSettings } from './call-settings.ts';
import { callsApi, callTables, candidatesQuery } from './call-queries.ts';
import { CandidateList } from './candidate-list.tsx';
import { FeeEstimate } from './fee-estimate.tsx';
import { ForecastView } from './forecast-view.tsx';
import { SettingsFields, SettingsForm } from './settings-fields.tsx';

/** What is to be filled, as far as calling for it goes. */
export interface CallableNeed {
  id: string;
  title: string;
  /** Of the engagement. */
  engagement: string;
}

interface StartCallsProps {
  /** Null: closed. */
  need: CallableNeed | null;
  onClose: () => void;
  /** Where calls for it are shown, after they began. */
  onStarted?: () => void;
}

/** Whom to call for a need, how, and what that would come to; then starts. */
export function StartCalls({ need, onClose, onStarted }: StartCallsProps) {
  return (
    <Dialog
      open={need !== null}
      onOpenChange={(open) => !open && onClose()}
      title={need ? `Call for ${need.title}` : 'Call'}
      description={need?.engagement}
      as="panel"
      size="lg"
    >
      {need && (
        <StartForm
          key={need.id}
          need={need}
          onClose={onClose}
          onStarted={() => {
            onClose();
            onStarted?.();
          }}
        />
      )}
    </Dialog>
  );
}

interface StartFormProps {
  need: CallableNeed;
  onClose: () => void;
  onStarted: () => void;
}

function StartForm({ need, onClose, onStarted }: StartFormProps) {
  const org = useOrg();
  const toast = useToast();
  const listed = useQuery(candidatesQuery(org.slug, need.id));
  /** Null while it is as the lists have it. */
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const start = useChange(org.slug, callTables, (settings: CallSettings, call) =>
    callsApi.start(
      {
        org: org.slug,
        params: { id: need.id },
        body: {
          ...(org.can('calls.fees') ? settings : withoutFee(settings)),
          ...(chosen && { resourceIds: [...chosen] }),
        },
      },
      call,
    ),
  );
  const submit = async (settings: CallSettings) => {
    await start.mutateAsync(settings);
    rememberSettings(settings);
    toast({ tone: 'good', title: `Calling for ${need.title}` });
    onStarted();
  };
  const nobody = listed.isSuccess && (chosen ?? listed.data.items).length === 0;
  return (
    <SettingsForm.Form
      values={lastSettings()}
      onSubmit={submit}
      action="Start calling"
      onCancel={onClose}
      footer={DialogFooter}
      aside={nobody && <span className="text-sm text-ink-soft">Add whom to ask first.</span>}
    >
      <section
        aria-label="Forecast"
        className="-mx-5 -mt-4 border-b border-line bg-sunken px-5 py-3 sm:sticky sm:-top-4 sm:z-10"
      >
        <ForecastView needId={need.id} resourceIds={chosen ?? (nobody ? [] : undefined)} />
      </section>
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <CandidateList needId={need.id} listed={listed} chosen={chosen} onChoose={setChosen} />
        <div className="grid grid-cols-1 gap-4">
          <SettingsFields feeHint={org.can('pay.read') ? <FeeEstimate needId={need.id} /> : undefined} />
        </div>
      </div>
    </SettingsForm.Form>
  );
}
