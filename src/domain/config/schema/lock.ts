import * as z from "zod";
import { oneOrMany } from "./fields.ts";
import { strict } from "./strict.ts";

/** Top-level keys that a file can lock; `items` stands for all of its items. */
export const lockableKeys = [
  "items",
  "enforcement",
  "release",
  "range",
  "may",
  "request-signers",
  "freeze-base",
] as const;
export type LockableKey = (typeof lockableKeys)[number];

/** Keys of a locked item that can be left free. */
export const freeableKeys = [
  "title",
  "help",
  "when",
  "required",
  "check",
  "changed",
  "deployment",
  "assigned",
  "window",
  "tag",
  "release",
  "wait",
  "notify",
  "questions",
  "lists",
  "signers",
  "dismiss-stale",
] as const;
export type FreeableKey = (typeof freeableKeys)[number];

export const itemLock = z
  .union([
    z.literal(true),
    strict({ except: oneOrMany(z.enum(freeableKeys)).describe("Keys of the item that stay free.") }),
  ])
  .describe(
    "`true`: whoever takes this file over can neither remove nor loosen the item. `{ except: [check] }` leaves keys free.",
  );

export const keyLock = z
  .union([
    z.literal(true),
    oneOrMany(z.enum(lockableKeys)),
    strict({ except: oneOrMany(z.enum(lockableKeys)).describe("Keys that stay free.") }),
  ])
  .describe(
    "Keys that whoever takes this file over cannot loosen, `items` for all of them; `true`: everything; `{ except: [may] }`: everything else.",
  );
