/** When a release may be merged, as the configuration says. All of it is wall-clock time of one time zone. */
export interface WindowRule {
  /** IANA name, such as `Europe/Berlin`. */
  readonly timezone: string;
  /** Null: at all times that are not closed. */
  readonly open: readonly WeekRange[] | null;
  /** Times at which it may be merged as well, with a warning. They count before those that are open. */
  readonly warn: readonly WeekRange[];
  /** Days that count before everything else. */
  readonly closed: readonly ClosedDays[];
}

/** The same hours on some days of every week. */
export interface WeekRange {
  /** ISO: 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[];
  /** Minutes since midnight on the clock. */
  readonly from: number;
  /** Minutes since midnight at which it ends, not included; 1440 is the end of the day. */
  readonly to: number;
}

export interface ClosedDays {
  /** ISO date of the first day. */
  readonly from: string;
  /** ISO date of the last day. */
  readonly through: string;
  readonly reason: string | null;
}
