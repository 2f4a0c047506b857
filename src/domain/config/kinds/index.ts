import type { Item, ItemBase } from "../checklist.ts";
import { assigned } from "./assigned.ts";
import { changed } from "./changed.ts";
import { check } from "./check.ts";
import { deployment } from "./deployment.ts";
import type { Values } from "./kind.ts";
import { manual } from "./manual.ts";
import { notify } from "./notify.ts";
import { release } from "./release.ts";
import { tag } from "./tag.ts";
import { wait } from "./wait.ts";
import { window } from "./window.ts";

/** Every kind of item; those with a key of their own first, so that `manual` is what is left. */
export const kinds = [
  check,
  changed,
  deployment,
  assigned,
  window,
  tag,
  release,
  wait,
  notify,
  manual,
] as const;

export const kindShapes = {
  ...check.shape,
  ...changed.shape,
  ...deployment.shape,
  ...assigned.shape,
  ...window.shape,
  ...tag.shape,
  ...release.shape,
  ...wait.shape,
  ...notify.shape,
  ...manual.shape,
};

export type KindValues = Values<typeof kindShapes>;
export type AnyKind = (typeof kinds)[number];

/** The kinds whose key is given. More than one is a mistake; none means manual. */
export const kindsGiven = (raw: object): AnyKind[] =>
  kinds.filter(({ key }) => key !== null && Object.hasOwn(raw, key));

export const kindOf = (raw: object): AnyKind => kindsGiven(raw)[0] ?? manual;

export const resolveKind = (base: ItemBase, raw: KindValues): Item => kindOf(raw).resolve(base, raw);
