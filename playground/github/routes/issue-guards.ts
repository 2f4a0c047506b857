import type { Guard } from "../router.ts";

/** A pull request is an issue too: either permission opens these routes. */
export const read: Guard = {
  needs: [
    ["issues", "read"],
    ["pull_requests", "read"],
  ],
};
export const write: Guard = {
  needs: [
    ["issues", "write"],
    ["pull_requests", "write"],
  ],
};
export const triage: Guard = { ...write, role: "triage" };

/** Names of labels or people, given as text or as objects. */
export const names = (list: unknown): string[] =>
  (Array.isArray(list) ? list : []).map((one) =>
    typeof one === "string" ? one : String((one as { name?: unknown }).name),
  );
