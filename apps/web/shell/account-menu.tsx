import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LogOut, Monitor, Moon, Server, ShieldCheck, Sun, UserRound } from 'lucide-react';
import { meQuery } from '#features/identity/web/session.ts';
import { useSignOut } from '#features/identity/web/use-sign-out.ts';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#platform/ui/menu.tsx';
import { setTheme, themes, useTheme } from '../theme.ts';

const themeIcons = { system: Monitor, light: Sun, dark: Moon };
const themeLabels = { system: 'As the device', light: 'Light', dark: 'Dark' };

/** Who is signed in, the theme, and the way out. */
export function AccountMenu() {
  const { data } = useSuspenseQuery(meQuery);
  const theme = useTheme();
  const signOut = useSignOut();
  const name = data.user?.name ?? 'API key';
  return (
    <Menu
      align="start"
      side="top"
      className="w-56"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${name}`}
          className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover"
        >
          <span className="grid size-6 shrink-0 place-items-center rounded-full bg-pressed text-ink-soft">
            <UserRound aria-hidden className="size-3.5" />
          </span>
          <span className="min-w-0 flex-1 truncate text-sm" title={data.user?.email}>
            {name}
          </span>
        </button>
      }
    >
      <MenuLabel>Theme</MenuLabel>
      {themes.map((choice) => {
        const Icon = themeIcons[choice];
        return (
          <MenuItem key={choice} onSelect={() => setTheme(choice)} aria-checked={theme === choice} role="menuitemradio">
            <Icon aria-hidden className={theme === choice ? 'text-accent' : undefined} />
            <span className={theme === choice ? 'font-medium' : undefined}>{themeLabels[choice]}</span>
          </MenuItem>
        );
      })}
      <MenuSeparator />
      <MenuItem asChild>
        <Link to="/account">
          <ShieldCheck aria-hidden /> Your account
        </Link>
      </MenuItem>
      {data.user?.operator && (
        <MenuItem asChild>
          <Link to="/operator">
            <Server aria-hidden /> Console
          </Link>
        </MenuItem>
      )}
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  );
}
