import { lazy, type ComponentType } from 'react';
import type { PackName } from '#features/organisations/packs/pack.ts';
import type { Engagement } from '../contract.ts';

interface DossierTab {
  value: string;
  label: string;
  /** Whoever has it, at least for their own things, sees the tab. */
  permission: string;
  /** Only for these kinds of work; absent: for all. */
  packs?: readonly PackName[];
  component: ComponentType<{ engagement: Engagement }>;
}

/** What an engagement's page shows below its roster; each is loaded when it is opened. */
export const dossierTabs: readonly DossierTab[] = [
  {
    value: 'tasks',
    label: 'Tasks',
    permission: 'tasks.read',
    component: lazy(async () => ({
      default: (await import('#features/engagements/tasks/web/tasks-tab.tsx')).TasksTab,
    })),
  },
  {
    value: 'documents',
    label: 'Documents',
    permission: 'documents.read',
    component: lazy(async () => ({
      default: (await import('#features/documents/web/documents-tab.tsx')).DocumentsTab,
    })),
  },
  {
    value: 'guests',
    label: 'Guests',
    permission: 'guests.read',
    component: lazy(async () => ({
      default: (await import('#features/engagements/guests/web/guests-tab.tsx')).GuestsTab,
    })),
  },
  {
    value: 'setlist',
    label: 'Setlist',
    permission: 'setlists.read',
    packs: ['touring', 'venue'],
    component: lazy(async () => ({
      default: (await import('#features/engagements/setlists/web/setlist-tab.tsx')).SetlistTab,
    })),
  },
  {
    value: 'files',
    label: 'Files',
    permission: 'files.read',
    component: lazy(async () => ({
      default: (await import('#features/files/web/files-tab.tsx')).FilesTab,
    })),
  },
];
