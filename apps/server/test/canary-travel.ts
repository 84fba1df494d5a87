import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { insert, type Row } from './canaries.ts';

export const travelIds = () => ({ leg: randomUUID(), hotel: randomUUID(), room: randomUUID(), perDiem: randomUUID() });

/** A leg, a hotel with a room and a per diem of the planted person. */
export async function plantTravel(
  client: pg.Client,
  org: string,
  word: string,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrg = (table: string, row: Row) =>
    insert(client, table, { org_id: org, engagement_id: ids['engagement'], ...row });
  const ofPerson = { id: randomUUID(), person_id: ids['person'] };
  await inOrg('travel_legs', {
    id: ids['leg'],
    mode: 'air',
    carrier: word,
    number: word,
    from_name: word,
    from_zone: 'UTC',
    to_name: word,
    to_zone: 'UTC',
    departs_at: '2029-01-01T08:00:00Z',
    arrives_at: '2029-01-01T10:00:00Z',
    confirmation: word,
    notes: word,
  });
  await inOrg('travellers', { ...ofPerson, leg_id: ids['leg'], seat: word });
  await inOrg('hotel_stays', {
    id: ids['hotel'],
    name: word,
    address: word,
    phone: word,
    check_in_on: '2029-01-01',
    check_out_on: '2029-01-02',
    confirmation: word,
    notes: word,
  });
  await inOrg('hotel_rooms', { id: ids['room'], hotel_id: ids['hotel'], kind: 'single', label: word });
  await inOrg('room_sleepers', { ...ofPerson, hotel_id: ids['hotel'], room_id: ids['room'] });
  await inOrg('per_diems', {
    ...ofPerson,
    id: ids['perDiem'],
    day: '2029-01-01',
    amount_minor: 4_500,
    currency: 'EUR',
  });
}
