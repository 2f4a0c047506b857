import { type Actor, sameName } from "../actor.ts";

/** Anybody with write access can create a deployment and set its status: they count from apps, and from those whom the item names. */
export const counts = (creator: Actor | null, by: readonly string[]): boolean =>
  creator !== null && (creator.kind === "bot" || by.some((login) => sameName(login, creator.login)));
