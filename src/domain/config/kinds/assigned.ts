import * as z from "zod";
import type { AssignedItem, ItemBase } from "../checklist.ts";

export const shape = {
  assigned: z
    .literal(true)
    .optional()
    .describe("Somebody is assigned to the pull request, and so in charge of the release."),
};

/** Decided by whom the pull request is assigned to. */
export const assigned = {
  key: "assigned" as const,
  shape,
  says: 'is decided by "assigned"',
  resolve(base: ItemBase): AssignedItem {
    return { ...base, kind: "assigned" };
  },
};
