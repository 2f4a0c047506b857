import type { Pull } from "../snapshot.ts";
import { actorOf } from "./circumstances.ts";

/** Whom the pull request is assigned to, in words; null: nobody. An app is in charge of nothing. */
export function inCharge({ assignees }: Pick<Pull, "assignees">): string | null {
  const people = assignees.filter((login) => actorOf(login).kind === "person");
  const last = people.at(-1);
  if (last === undefined) return null;
  return people.length === 1 ? last : `${people.slice(0, -1).join(", ")} and ${last}`;
}
