import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { CurrencyPicker } from '#platform/ui/currency-picker.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { PayScale } from '../contract.ts';
import { payTerms } from '../terms.ts';
import { payApi, scaleTables } from './pay-queries.ts';
import { TermsForm } from './terms-form.tsx';
import { WorkedExample } from './worked-example.tsx';

/** As it is written in a form. */
export type ScaleDraft = Pick<PayScale, 'name' | 'validFrom' | 'currency' | 'terms'>;

/** Terms to change, or null for new ones that begin as a copy. */
export interface ScaleAsked {
  scale: PayScale | null;
  from: ScaleDraft;
}

/** The terms of a pay scale, with what they come to worked out beside. */
export function ScaleDialog({ asked, onClose }: { asked: ScaleAsked | null; onClose: () => void }) {
  const org = useOrg();
  const title = asked?.scale ? 'Terms' : asked?.from.name ? `New terms of ${asked.from.name}` : 'New pay scale';
  return (
    <Dialog
      open={asked !== null}
      onOpenChange={(open) => !open && onClose()}
      title={org.can('pay.write') ? title : 'Terms'}
      as="panel"
      size="lg"
    >
      {asked && <ScaleForm key={asked.scale?.id ?? 'new'} asked={asked} onDone={onClose} />}
    </Dialog>
  );
}

function ScaleForm({ asked: { scale, from }, onDone }: { asked: ScaleAsked; onDone: () => void }) {
  const org = useOrg();
  const [draft, setDraft] = useState<ScaleDraft>({
    name: from.name,
    validFrom: from.validFrom,
    currency: from.currency,
    terms: from.terms,
  });
  const set = (part: Partial<ScaleDraft>) => setDraft((now) => ({ ...now, ...part }));
  const [version] = useState(scale?.version ?? 0);
  const save = useChange(org.slug, scaleTables, (body: ScaleDraft, call) =>
    scale
      ? payApi.changeScale({ org: org.slug, params: { id: scale.id }, body: { version, ...body } }, call)
      : payApi.createScale({ org: org.slug, body }, call),
  );
  const remove = useChange(org.slug, scaleTables, (_: null, call) =>
    payApi.removeScale({ org: org.slug, params: { id: scale?.id ?? '' } }, call),
  );
  const mayWrite = org.can('pay.write');
  const parsed = payTerms.safeParse(draft.terms);
  const [tried, setTried] = useState(false);
  const refused = save.error instanceof ApiError ? save.error.fields : [];
  const problems = [
    ...(parsed.success || !tried
      ? []
      : parsed.error.issues.map(({ path, message }) => ({ field: `terms.${path.join('.')}`, message }))),
    ...refused,
  ];
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;
  const ofTerms = problems.filter(({ field }) => field.startsWith('terms'));
  const submit = () => {
    setTried(true);
    if (parsed.success) save.mutate(draft, { onSuccess: onDone });
  };
  return (
    <form
      noValidate
      className="flex flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset disabled={!mayWrite} className="grid min-w-0 grid-cols-1 gap-6 pb-5">
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-[minmax(0,1fr)_10rem_10rem]">
          <FieldFrame label="Name" error={errorOf('name')}>
            {(control) => (
              <Input
                {...control}
                required
                maxLength={120}
                value={draft.name}
                placeholder="Extra musicians"
                onChange={({ target }) => set({ name: target.value })}
              />
            )}
          </FieldFrame>
          <FieldFrame label="Valid from" error={errorOf('validFrom')}>
            {(control) => (
              <Input
                {...control}
                type="date"
                required
                value={draft.validFrom}
                onChange={({ target }) => set({ validFrom: target.value })}
              />
            )}
          </FieldFrame>
          <FieldFrame label="Currency" error={errorOf('currency')}>
            {(control) => (
              <CurrencyPicker
                {...control}
                value={draft.currency}
                onValue={(currency) => set({ currency: currency ?? draft.currency })}
              />
            )}
          </FieldFrame>
        </div>
        <TermsForm
          terms={draft.terms}
          currency={draft.currency}
          onTerms={(terms) => set({ terms })}
          problems={ofTerms}
        />
        <WorkedExample terms={parsed.success ? parsed.data : null} currency={draft.currency} />
      </fieldset>
      <DialogFooter>
        {ofTerms.length > 0 && (
          <p role="alert" className="basis-full text-sm text-danger">
            {[...new Set(ofTerms.map(({ message }) => message))].join(' ')}
          </p>
        )}
        {save.error && refused.length === 0 && <ErrorNotice error={save.error} className="basis-full" />}
        {remove.error && <ErrorNotice error={remove.error} className="basis-full" />}
        {scale && mayWrite && (
          <Button
            variant="danger-ghost"
            className="mr-auto"
            busy={remove.isPending}
            onClick={() => remove.mutate(null, { onSuccess: onDone })}
          >
            Remove
          </Button>
        )}
        <Button onClick={onDone}>{mayWrite ? 'Cancel' : 'Close'}</Button>
        {mayWrite && (
          <Button type="submit" variant="primary" busy={save.isPending}>
            {scale ? 'Save' : 'Add'}
          </Button>
        )}
      </DialogFooter>
    </form>
  );
}
