import { actorOf, atLeast, botOf, roleOf } from "../access.ts";
import { personOf } from "../actions/accounts.ts";
import { Refused } from "../errors.ts";
import type { Account, Actor, App, Repo, Role } from "../model.ts";
import { fullName, type World } from "../world.ts";

/** Who does something: a login (`bob`, `some-app[bot]`), an account, or an app. */
export type By = string | Account | App;

export function resolveBy(world: World, by: By): Actor {
  if (typeof by === "string") return actorOf(personOf(world, by));
  return "bot" in by ? botOf(by) : actorOf(by);
}

/** Apps may do what their permissions say, which the routes look at; people need a role. */
export function demand(repo: Repo, actor: Actor, role: Role, what: string): void {
  if (actor.app || atLeast(roleOf(repo, actor.account), role)) return;
  throw new Refused(`${actor.account.login} may not ${what} in ${fullName(repo)}`, [
    `It takes ${role} access.`,
  ]);
}
