/**
 * Ways of travelling. `buffer`: minutes that people want between arriving and being wanted: the way out of an airport or
 * a port takes longer than that out of a station or a car.
 */
const modes = {
  air: { label: 'Flight', buffer: 90 },
  ground: { label: 'Ground', buffer: 30 },
  rail: { label: 'Rail', buffer: 45 },
  sea: { label: 'Sea', buffer: 60 },
} as const;

export const travelModes = ['air', 'ground', 'rail', 'sea'] as const;
export type TravelMode = (typeof travelModes)[number];

export const modeLabel = (mode: TravelMode): string => modes[mode].label;
export const bufferOf = (mode: TravelMode): number => modes[mode].buffer;

/** Rooms, and for how many each is. */
const rooms = {
  single: { label: 'Single', beds: 1 },
  double: { label: 'Double', beds: 2 },
  twin: { label: 'Twin', beds: 2 },
  triple: { label: 'Triple', beds: 3 },
  quad: { label: 'Four beds', beds: 4 },
  suite: { label: 'Suite', beds: 4 },
} as const;

export const roomKinds = ['single', 'double', 'twin', 'triple', 'quad', 'suite'] as const;
export type RoomKind = (typeof roomKinds)[number];

export const roomLabel = (kind: RoomKind): string => rooms[kind].label;
export const bedsOf = (kind: RoomKind): number => rooms[kind].beds;

/** “Single 204”; without a number its kind. */
export function roomName({ kind, label }: { kind: RoomKind; label: string }): string {
  return [roomLabel(kind), label].filter(Boolean).join(' ');
}

/** “Lufthansa LH 96” or “Flight”: what a leg is called. */
export function legName({ mode, carrier, number }: { mode: TravelMode; carrier: string; number: string }): string {
  return [carrier, number].filter(Boolean).join(' ') || modeLabel(mode);
}
