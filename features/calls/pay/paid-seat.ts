import type { AttendanceStatus } from '#features/calls/attendance/contract.ts';

/** A service as it was planned, and how it went. Instants are RFC 3339; null where nothing was reported. */
export interface PaidService {
  id: string;
  kind: string;
  /** By the clock of the place, YYYY-MM-DD. */
  day: string;
  startsAt: string;
  endsAt: string;
  startedAt: string | null;
  endedAt: string | null;
  cancelledAt: string | null;
}

/** Somebody's seat at one service. */
export interface PaidSeat {
  service: PaidService;
  needId: string;
  principal: boolean;
  /** Instrument of the seat, and what is played besides it. */
  skill: string;
  doubles: readonly string[];
  byRoster: boolean;
  status: AttendanceStatus;
  /** Missed, where late or left early. */
  minutes: number;
}
