import { ResourceList } from './resource-list.tsx';

/** Three lists of one kind of thing: only the words and columns differ. */
export function PeoplePage() {
  return <ResourceList kind="person" />;
}

export function PlacesPage() {
  return <ResourceList kind="place" />;
}

export function ThingsPage() {
  return <ResourceList kind="thing" />;
}
