import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Form } from '../../contract.ts';
import { formsApi } from '../form-queries.ts';

/** Puts a form away, or takes it back into use, and says what that means. */
export function useArchiving(form: Form, onSaved: (form: Form) => void) {
  const org = useOrg();
  const toast = useToast();
  const { mutate, isPending } = useChange(org.slug, ['forms'], (archived: boolean, call) =>
    formsApi.archive({ org: org.slug, params: { id: form.id }, body: { archived } }, call),
  );
  const set = (archived: boolean) =>
    mutate(archived, {
      onSuccess: (saved) => {
        onSaved(saved);
        toast({
          tone: 'good',
          title: archived ? 'The form is archived' : 'The form is back in use',
          detail: archived
            ? 'It takes nothing more; what came in by it stays.'
            : 'It is closed until somebody opens it again.',
        });
      },
      onError: (error) => toast({ tone: 'danger', title: 'The form stays as it is', detail: errorText(error) }),
    });
  return { set, isPending };
}
