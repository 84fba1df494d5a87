import { Check, CopyPlus, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#platform/ui/menu.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { ListWithPeople } from '../contract.ts';
import { standingOf } from '../list-rules.ts';
import { ListDialogs, type ListDialog } from './list-dialogs.tsx';

/** What may be done with a list as a whole: a draft is changed and approved, an approved one ended or followed by another. */
export function ListActions({ list, today }: { list: ListWithPeople; today: string }) {
  const org = useOrg();
  const [dialog, setDialog] = useState<ListDialog | null>(null);
  const draft = standingOf(list, today) === 'draft';
  const mayWrite = org.can('lists.write');
  const mayApprove = org.can('lists.approve');
  return (
    <>
      {draft && mayApprove && (
        <Button variant="primary" disabled={list.people === 0} onClick={() => setDialog('approve')}>
          <Check aria-hidden /> Approve
        </Button>
      )}
      {!draft && mayWrite && (
        <Button onClick={() => setDialog('copy')}>
          <CopyPlus aria-hidden /> Draw up the next one
        </Button>
      )}
      {(mayWrite || mayApprove) && (
        <Menu
          trigger={
            <IconButton label="More" variant="secondary">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          {draft && mayWrite && (
            <>
              <MenuItem onSelect={() => setDialog('edit')}>Grade, days and notes</MenuItem>
              <MenuItem onSelect={() => setDialog('copy')}>New list with these people</MenuItem>
              <MenuSeparator />
              <MenuItem tone="danger" onSelect={() => setDialog('remove')}>
                Remove the draft
              </MenuItem>
            </>
          )}
          {!draft && mayApprove && (
            <>
              <MenuItem onSelect={() => setDialog('end')}>Set the last day</MenuItem>
              {list.validFrom >= today && (
                <MenuItem onSelect={() => setDialog('takeBack')}>Take the approval back</MenuItem>
              )}
            </>
          )}
        </Menu>
      )}
      <ListDialogs dialog={dialog} list={list} today={today} onClose={() => setDialog(null)} />
    </>
  );
}
