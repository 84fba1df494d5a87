import { Megaphone } from 'lucide-react';
import { Button } from '#platform/ui/button.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';

/** Beside a need that has open seats. */
export function CallNeedButton({ title, onPress }: { title: string; onPress: () => void }) {
  const org = useOrg();
  if (!org.can('calls.run')) return null;
  return (
    <Button size="sm" variant="ghost" aria-label={`Call for ${title}`} onClick={onPress}>
      <Megaphone aria-hidden /> Call…
    </Button>
  );
}
