import type { RecordItem } from "../../src/domain/record/record.ts";

/** One item of the team's checklist, and how it usually goes. */
export interface Habit {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly decidedBy: RecordItem["decidedBy"];
  /** Minutes from the opening until it is done, least and most. */
  readonly takes: readonly [number, number];
  /** So often of a hundred it finds something first, and takes as long again. */
  readonly catches: number;
  /** So often of a hundred it applies. */
  readonly applies: number;
  /** Who signs it. */
  readonly signers: readonly [string, ...string[]];
  readonly question?: string;
}

const item = (id: string, title: string, more: Partial<Habit>): Habit => ({
  id,
  title,
  kind: "manual",
  decidedBy: "people",
  takes: [10, 60],
  catches: 0,
  applies: 100,
  signers: ["bea", "sam"],
  ...more,
});

/** The checklist of a shop's team: two quick checks, a slow one, and people who sign when they get round to it. */
export const habits: readonly Habit[] = [
  item("ci", "CI is green", { kind: "check", decidedBy: "app", takes: [6, 14], catches: 12 }),
  item("staging-e2e", "End-to-end tests pass on staging", {
    kind: "check",
    decidedBy: "app",
    takes: [45, 160],
    catches: 35,
  }),
  item("migrations", "Database migrations validated", {
    kind: "check",
    decidedBy: "app",
    takes: [8, 20],
    catches: 20,
    applies: 30,
  }),
  item("changelog", "CHANGELOG is up to date", {
    kind: "changed",
    decidedBy: "app",
    takes: [0, 2],
    catches: 6,
  }),
  item("acceptance", "Acceptance criteria met", {
    takes: [60, 620],
    catches: 10,
    signers: ["paula", "piet"],
  }),
  item("rollback", "Rollback plan confirmed", { takes: [30, 400], question: "How do we revert the code?" }),
  item("monitoring", "Monitoring is in place", { takes: [20, 240] }),
  item("stakeholders", "Stakeholders notified", {
    kind: "notify",
    takes: [60, 540],
    signers: ["alice", "bob"],
  }),
];

export const authors = ["alice", "bob", "carol"] as const;
export const repositories = ["acme/shop", "acme/payments"] as const;
