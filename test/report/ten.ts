import type { RecordItem, ReleaseRecord } from "../../src/domain/record/record.ts";
import { exampleItem, exampleRecord } from "../record/example.ts";

/** `02 08:30` is the 2nd of March 2026 at half past eight. */
export const march = (at: string): string => `2026-03-${at.replace(" ", "T")}:00Z`;

const sha = (name: string): string => Buffer.from(name).toString("hex").padEnd(40, "0");

interface Given {
  readonly repo: "shop" | "api";
  readonly pull: number;
  readonly opened: string;
  readonly ready: string | null;
  readonly merged: string;
  readonly deployed: string | null;
  /** Name and time of each commit. */
  readonly commits: Readonly<Record<string, string>>;
  /** When the end-to-end tests were green, and how often they were red before. */
  readonly e2e: string | null;
  readonly red?: number;
  /** When the rollback plan was signed, and by whom. */
  readonly plan: string | null;
  readonly signer?: string;
  readonly author?: string;
  readonly outcomes?: Readonly<Record<string, "successful" | "rolled-back" | "follow-up">>;
  readonly incident?: string;
  readonly rest?: Partial<ReleaseRecord>;
}

export function release(given: Given): ReleaseRecord {
  const { repo, pull, signer = "bea", author = "carol" } = given;
  const e2e: RecordItem = {
    ...exampleItem,
    id: "e2e",
    title: "End-to-end tests pass",
    kind: "check",
    decidedBy: "app",
    state: given.e2e === null ? "failed" : "done",
    done: given.e2e && march(given.e2e),
    caught: given.red ?? 0,
    signs: [],
    answers: [],
  };
  const plan: RecordItem = {
    ...exampleItem,
    id: "plan",
    title: "Rollback plan confirmed",
    state: given.plan === null ? "waiting" : "done",
    done: given.plan && march(given.plan),
    signs:
      given.plan === null ? [] : [{ by: signer, at: march(given.plan), commit: sha("head"), via: "box" }],
    answers: [],
  };
  return {
    ...exampleRecord,
    repository: { id: repo === "shop" ? 1 : 2, name: `acme/${repo}` },
    pull: {
      ...exampleRecord.pull,
      number: pull,
      title: `Release ${repo} ${pull}`,
      url: `https://github.test/acme/${repo}/pull/${pull}`,
    },
    times: {
      opened: march(given.opened),
      ready: given.ready && march(given.ready),
      merged: march(given.merged),
      deployed: given.deployed && march(given.deployed),
    },
    range: {
      from: "base",
      total: Object.keys(given.commits).length,
      commits: Object.entries(given.commits).map(([name, at]) => ({
        sha: sha(name),
        headline: name,
        author,
        at: march(at),
        merge: name.startsWith("merge"),
      })),
    },
    items: [e2e, plan],
    outcomes: Object.entries(given.outcomes ?? {}).map(([at, result]) => ({
      result,
      by: "bea",
      at: march(at),
      note: "",
    })),
    incidents:
      given.incident === undefined
        ? []
        : [{ link: "https://github.test/acme/shop/issues/99", by: "bea", at: march(given.incident) }],
    ...given.rest,
  };
}

/**
 * Ten releases of two repositories in four weeks: a roll-back (2), an overlap (4 and 5), one that was repaired after a
 * while (5), an override (6), one of which nobody has said yet how it ended, with a waiver (7), one that was merged past
 * the gate (8), and one with an incident from which nothing tells of a recovery (10).
 */
export const ten: readonly ReleaseRecord[] = [
  release({
    repo: "shop",
    pull: 1,
    opened: "02 08:00",
    ready: "02 10:00",
    merged: "02 10:30",
    deployed: "02 11:00",
    commits: { a: "01 11:00" },
    e2e: "02 09:00",
    red: 1,
    plan: "02 10:00",
    outcomes: { "02 12:00": "successful" },
  }),
  release({
    repo: "shop",
    pull: 2,
    opened: "03 08:00",
    ready: "03 09:00",
    merged: "03 09:00",
    deployed: "03 10:00",
    commits: { b: "03 06:00" },
    e2e: "03 08:30",
    plan: "03 09:00",
    outcomes: { "03 10:40": "rolled-back" },
    incident: "03 10:10",
  }),
  release({
    repo: "shop",
    pull: 3,
    opened: "04 08:00",
    ready: "04 12:00",
    merged: "04 12:00",
    deployed: "04 12:00",
    commits: { b: "03 06:00", c: "04 00:00" },
    e2e: "04 12:00",
    red: 2,
    plan: "04 09:00",
    outcomes: { "04 14:00": "successful" },
  }),
  release({
    repo: "shop",
    pull: 4,
    opened: "09 08:00",
    ready: "09 20:00",
    merged: "10 08:00",
    deployed: null,
    commits: { shared: "08 08:00", d: "09 08:00" },
    e2e: "09 10:00",
    plan: "09 20:00",
    outcomes: { "10 12:00": "successful" },
  }),
  release({
    repo: "shop",
    pull: 5,
    opened: "09 10:00",
    ready: "09 11:00",
    merged: "09 12:00",
    deployed: "09 12:00",
    commits: { shared: "08 08:00", "merge of main": "01 00:00" },
    e2e: "09 10:30",
    plan: "09 11:00",
    signer: "alice",
    author: "Alice",
    outcomes: { "09 13:00": "follow-up", "09 15:00": "successful" },
  }),
  release({
    repo: "api",
    pull: 1,
    opened: "11 08:00",
    ready: "11 09:00",
    merged: "11 09:10",
    deployed: "11 09:40",
    commits: { e: "11 07:40" },
    e2e: null,
    plan: "11 08:30",
    outcomes: { "11 10:00": "follow-up" },
    rest: {
      verdict: "overridden",
      override: { by: "root", at: march("11 09:00"), reason: "Payments are down" },
    },
  }),
  (() => {
    const open = release({
      repo: "api",
      pull: 2,
      opened: "13 08:00",
      ready: "13 09:00",
      merged: "13 09:30",
      deployed: "13 10:00",
      commits: { f: "12 10:00" },
      e2e: "13 08:15",
      plan: "13 08:45",
    });
    const waiver = { by: "root", at: march("13 08:45"), reason: "Nothing to roll back" };
    return {
      ...open,
      items: open.items.map((item) =>
        item.id === "plan" ? { ...item, state: "waived", signs: [], waiver } : item,
      ),
    };
  })(),
  release({
    repo: "shop",
    pull: 6,
    opened: "16 08:00",
    ready: null,
    merged: "16 08:20",
    deployed: null,
    commits: { g: "16 08:00" },
    e2e: null,
    red: 1,
    plan: null,
    outcomes: { "16 10:00": "successful" },
    rest: { verdict: "blocked", bypass: { by: "root", missing: ["e2e", "plan"] } },
  }),
  release({
    repo: "shop",
    pull: 7,
    opened: "18 08:00",
    ready: "18 10:00",
    merged: "18 11:00",
    deployed: "18 11:30",
    commits: { h: "17 11:30" },
    e2e: "18 09:00",
    plan: "18 10:00",
    outcomes: { "18 12:00": "successful" },
  }),
  release({
    repo: "api",
    pull: 3,
    opened: "23 08:00",
    ready: "23 14:00",
    merged: "23 15:00",
    deployed: "23 15:00",
    commits: { i: "22 15:00" },
    e2e: "23 14:00",
    plan: "23 09:00",
    incident: "23 18:00",
  }),
];

/** Four weeks from a Monday on. */
export const fourWeeks = { from: "2026-03-02T00:00:00Z", to: "2026-03-30T00:00:00Z" };
