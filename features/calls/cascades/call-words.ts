/** Why somebody was not asked when their turn came. */
export const skipReasons = [
  'by_hand',
  'committed',
  'on_leave',
  'on_roster_already',
  'already_called',
  'missing_skill',
  'missing_double',
  'no_address',
  'unreachable',
  'opted_out',
  'too_late',
  'archived',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** Why the office took a call back. */
export const cancelReasons = ['filled', 'by_hand', 'cascade_cancelled', 'service_gone'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** As the office reads it in the log. */
export const skipWords: Readonly<Record<SkipReason, string>> = {
  by_hand: 'passed over by the office',
  committed: 'booked at that time',
  on_leave: 'on leave at that time',
  on_roster_already: 'sits at that service already',
  already_called: 'is being called for something else at that time',
  missing_skill: 'does not have the skill',
  missing_double: 'does not play what is doubled',
  no_address: 'has no e-mail address',
  unreachable: 'mail comes back from their address',
  opted_out: 'wants no calls by mail',
  too_late: 'too late: the service begins too soon',
  archived: 'no longer in use',
};

export const cancelWords: Readonly<Record<CancelReason, string>> = {
  filled: 'every seat was taken',
  by_hand: 'taken back by the office',
  cascade_cancelled: 'all open calls were taken back',
  service_gone: 'the service was taken off the schedule',
};
