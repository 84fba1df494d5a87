import { MapPin, Package, UserRound, type LucideIcon } from 'lucide-react';
import type { ResourceKind } from '../contract.ts';

export const resourceIcons: Readonly<Record<ResourceKind, LucideIcon>> = {
  person: UserRound,
  place: MapPin,
  thing: Package,
};
