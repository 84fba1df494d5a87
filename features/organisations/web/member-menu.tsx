import { Ellipsis, Link2, UserMinus } from 'lucide-react';
import { IconButton } from '#platform/ui/button.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';

/** What can be done with a member besides their role. */
export function MemberMenu({
  name,
  onLink,
  onRemove,
}: {
  name: string;
  onLink: () => void;
  onRemove: (() => void) | undefined;
}) {
  return (
    <Menu
      trigger={
        <IconButton label={`More about ${name}`} size="icon-sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={onLink}>
        <Link2 aria-hidden /> Which person is this?
      </MenuItem>
      {onRemove && (
        <MenuItem tone="danger" onSelect={onRemove}>
          <UserMinus aria-hidden /> Remove
        </MenuItem>
      )}
    </Menu>
  );
}
