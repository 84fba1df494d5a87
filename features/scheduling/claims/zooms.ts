/** The timeline's zoom levels, closest first. Apart from their clock, so that reading an address loads no calendar. */
export const zooms = ['hour', 'day', 'week', 'month', 'quarter'] as const;
export type Zoom = (typeof zooms)[number];
