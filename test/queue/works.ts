import type { Edit } from "../../src/domain/edit.ts";
import type { Push } from "../../src/domain/push.ts";
import { type Look, type PullKey, type Work, work } from "../../src/queue/queue.ts";

export const pull = (number: number, parts: Partial<PullKey> = {}): PullKey => ({
  installation: 1,
  owner: "acme",
  repo: "shop",
  number,
  ...parts,
});

export const edit = (n: number): Edit => ({
  at: "2026-01-05T10:00:00Z",
  by: { login: "octocat", kind: "person" },
  from: `${n - 1}`,
  to: `${n}`,
  source: "event",
  head: null,
});

export const editWork = (n: number): Work => work("pull_request.edited", n, { edits: [edit(n)] });

/** Numbers of the edits that `editWork` made. */
export const numbers = (of: Work): number[] => of.edits.map(({ to }) => Number(to));

export interface Seen {
  readonly key: PullKey;
  readonly work: Work;
  readonly end: () => void;
  readonly fail: () => void;
}

/** Looks that end when the test says so. */
export const heldLooks = (): { readonly look: Look; readonly seen: Seen[] } => {
  const seen: Seen[] = [];
  const look: Look = (key, work) =>
    new Promise((resolve, reject) => {
      seen.push({
        key,
        work,
        end: () => resolve({ again: null }),
        fail: () => reject(new Error("GitHub is away")),
      });
    });
  return { look, seen };
};

export const push = (from: string): Push => ({ from, to: "fed", at: "2026-03-02T10:00:00Z" });
