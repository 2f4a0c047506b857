import type { RecordItem, ReleaseRecord } from "../../src/domain/record/record.ts";

export const exampleItem: RecordItem = {
  id: "rollback",
  title: "Rollback plan confirmed",
  kind: "manual",
  decidedBy: "people",
  phase: "before-merge",
  required: true,
  state: "done",
  done: "2026-03-02T11:00:00Z",
  caught: 0,
  signs: [{ by: "bea", at: "2026-03-02T11:00:00Z", commit: "a".repeat(40), via: "box" }],
  answers: [
    {
      question: "How do we revert the code?",
      text: "Deploy 1.9 again | with `make deploy`\n@acme/sre does",
      by: "bea",
      at: "2026-03-02T10:59:00Z",
    },
  ],
  waiver: null,
  evidence: [],
};

/** A release that went well. */
export const exampleRecord: ReleaseRecord = {
  version: 1,
  revision: 2,
  app: { id: 1011, slug: "release-checklist" },
  repository: { id: 77, name: "acme/shop" },
  pull: {
    number: 7,
    url: "https://github.test/acme/shop/pull/7",
    title: "Release 2.0",
    author: "alice",
    base: "main",
    branch: "release/2.0",
    head: "a".repeat(40),
  },
  verdict: "ready",
  trial: false,
  merge: { by: "bea", commit: "b".repeat(40) },
  times: {
    opened: "2026-03-02T10:00:00Z",
    ready: "2026-03-02T11:30:00Z",
    merged: "2026-03-02T12:00:00Z",
    deployed: "2026-03-02T12:20:00Z",
  },
  range: {
    from: "base",
    total: 1,
    commits: [
      {
        sha: "a".repeat(40),
        headline: "Add a basket",
        author: "alice",
        at: "2026-03-01T09:00:00Z",
        merge: false,
      },
    ],
  },
  items: [
    {
      ...exampleItem,
      id: "ci",
      title: "CI is green",
      kind: "check",
      decidedBy: "app",
      done: "2026-03-02T10:20:00Z",
      caught: 1,
      signs: [],
      answers: [],
      evidence: [{ label: "ci.yml", url: "https://github.test/acme/shop/actions/runs/1" }],
    },
    exampleItem,
  ],
  override: null,
  bypass: null,
  announcements: [
    {
      about: "tell",
      by: "alice",
      at: "2026-03-02T11:30:00Z",
      receipts: [{ to: "stakeholders", outcome: "sent", detail: "answered ok", at: "2026-03-02T11:30:00Z" }],
    },
  ],
  followUp: {
    number: 8,
    url: "https://github.test/acme/shop/issues/8",
    closed: "2026-03-02T14:00:00Z",
  },
  outcomes: [{ result: "successful", by: "bea", at: "2026-03-02T14:00:00Z", note: "" }],
  incidents: [],
  lessons: [],
  shortened: false,
};
