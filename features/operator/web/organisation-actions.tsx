import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Select } from '#platform/ui/select.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { operator } from '../contract.ts';
import { databasesQuery, operatorApi, plansQuery, useAct, type OrganisationDetail } from './operator-queries.ts';

interface Props {
  organisation: OrganisationDetail;
}

/** The plan, how much of it is used, and another one. */
export function PlanOfOrganisation({ organisation }: Props) {
  const { id, plan, members, invitations, limits, usage } = organisation;
  const toast = useToast();
  const { data: plans } = useQuery(plansQuery);
  const [wanted, setWanted] = useState<string | null>(null);
  const change = useAct((name: string) => operatorApi.setPlan({ params: { id }, body: { plan: name } }));
  const options = (plans?.items ?? []).map(({ name, title, people, projects }) => ({
    value: name,
    label: title,
    hint:
      people === null && projects === null ? 'No limits' : `${people ?? 'Any'} people, ${projects ?? 'any'} projects`,
  }));
  const titleOf = (name: string) => options.find(({ value }) => value === name)?.label ?? name;
  const used = (count: number, most: number | null) =>
    most === null ? `${count.toLocaleString()}, no limit` : `${count.toLocaleString()} of ${most.toLocaleString()}`;
  return (
    <Section
      title="Plan"
      description={`People: ${used(members + invitations, limits.people)}${invitations > 0 ? `, ${invitations} of them invited` : ''}. Projects: ${usage ? used(usage.projects, limits.projects) : 'not counted yet'}.`}
      actions={
        options.length > 0 && (
          <Select aria-label="Plan" className="w-40" value={plan} onValue={setWanted} options={options} />
        )
      }
    >
      <ConfirmDialog
        open={wanted !== null && wanted !== plan}
        onOpenChange={(open) => !open && setWanted(null)}
        title={`Change the plan to ${titleOf(wanted ?? '')}?`}
        description="Its limits hold at once. What is there beyond them stays; nothing more can be added."
        action="Change plan"
        tone="primary"
        onConfirm={() =>
          change
            .mutateAsync(wanted ?? plan)
            .catch((failure: unknown) =>
              toast({ tone: 'danger', title: 'The plan stays as it was', detail: errorText(failure) }),
            )
        }
      />
    </Section>
  );
}

const moveForm = entityForm(z.strictObject({ databaseId: z.string({ error: 'Choose a database.' }) }));

/** To another database. Its page then shows how far it is. */
export function MoveOrganisation({ organisation: { id, name, place, operation } }: Props) {
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ ...databasesQuery, enabled: open });
  const move = useAct((databaseId: string) => operatorApi.move({ params: { id }, body: { databaseId } }));
  const options = (data?.items ?? [])
    .filter((database) => database.id !== place.databaseId)
    .map((database) => ({
      value: database.id,
      label: database.name,
      hint: `${database.kind === 'shared' ? 'Shared' : 'For one organisation'}, ${database.organisations} inside${database.reachable === false ? '. It can’t be reached now' : ''}`,
    }));
  const submit = async ({ databaseId }: { databaseId: string }) => {
    await move.mutateAsync(databaseId);
    setOpen(false);
  };
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)} disabled={operation?.state === 'running'}>
        Move
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Move ${name}`}
        description="While its rows are copied, mostly for seconds, people can read and not write. If anything fails, everything stays where it is."
      >
        {data && options.length === 0 ? (
          <p className="pb-5 text-sm text-ink-soft">
            There is no other database. Make one with: npm run holdfast -- database create
          </p>
        ) : (
          <moveForm.Form
            values={{}}
            onSubmit={submit}
            onCancel={() => setOpen(false)}
            action="Move organisation"
            footer={DialogFooter}
          >
            <moveForm.Field name="databaseId" label="To">
              {(control) => <Select {...control} value={control.value ?? null} options={options} />}
            </moveForm.Field>
          </moveForm.Form>
        )}
      </Dialog>
    </>
  );
}

const suspendForm = entityForm(operator.routes.suspend.body);

/** Suspending, resuming, and opening a closed one again. */
export function StandingOfOrganisation({ organisation: { id, name, status } }: Props) {
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const suspend = useAct((reason: string) => operatorApi.suspend({ params: { id }, body: { reason } }));
  const open = useAct(() => (status === 'closed' ? operatorApi.reopen : operatorApi.resume)({ params: { id } }));
  const failed = (failure: unknown) =>
    toast({ tone: 'danger', title: `${name} stays as it was`, detail: errorText(failure) });
  const descriptions = {
    active: 'A suspended organisation is closed to its people until it is resumed; its data stays.',
    suspended: 'Its people read the reason when they come. Resuming opens it to them within seconds.',
    closed: 'An owner closed it. For 30 days it can be opened again; then it may be erased.',
  };
  return (
    <Section
      title="Standing"
      description={descriptions[status]}
      actions={
        status === 'active' ? (
          <Button size="sm" variant="danger-ghost" onClick={() => setAsking(true)}>
            Suspend
          </Button>
        ) : (
          <Button size="sm" onClick={() => setAsking(true)}>
            {status === 'closed' ? 'Open again' : 'Resume'}
          </Button>
        )
      }
    >
      <Dialog
        open={asking && status === 'active'}
        onOpenChange={setAsking}
        title={`Suspend ${name}?`}
        description="Nobody can work in it any more within seconds, API keys included."
      >
        <suspendForm.Form
          values={{}}
          onSubmit={async ({ reason }) => {
            await suspend.mutateAsync(reason);
            setAsking(false);
          }}
          onCancel={() => setAsking(false)}
          action="Suspend organisation"
          footer={DialogFooter}
        >
          <suspendForm.Field name="reason" label="Why" hint="Its people read this." autoFocus />
        </suspendForm.Form>
      </Dialog>
      <ConfirmDialog
        open={asking && status !== 'active'}
        onOpenChange={setAsking}
        title={status === 'closed' ? `Open ${name} again?` : `Resume ${name}?`}
        description="Its people can work in it again within seconds."
        action={status === 'closed' ? 'Open again' : 'Resume'}
        tone="primary"
        onConfirm={() => open.mutateAsync(undefined).catch(failed)}
      />
    </Section>
  );
}
