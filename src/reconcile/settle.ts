import { decide } from "../domain/decide/decide.ts";
import type { Decision } from "../domain/decision.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { PassingFault } from "../github/errors.ts";
import type { Work } from "../queue/queue.ts";
import { observeAfresh } from "./observe/afresh.ts";
import type { ObserveContext } from "./observe/context.ts";
import { satisfy } from "./observe/satisfy.ts";

export interface Settled {
  readonly snapshot: Snapshot;
  readonly decision: Decision;
}

/** Rounds of reading what the last decision still needed. More would mean that deciding never ends. */
const rounds = 10;

/**
 * Observes until the decision stands. What is remembered may keep a gate closed; before one opens, everything is
 * read afresh.
 *
 * @param now Milliseconds since the epoch.
 * @param afresh The observation holds nothing remembered.
 */
export async function settle(
  context: ObserveContext,
  first: Snapshot,
  work: Work,
  now: () => number,
  afresh: boolean,
): Promise<Settled> {
  let snapshot = first;
  let fresh = afresh;
  for (let round = 0; round < rounds; round++) {
    const { decision, needs } = decide(snapshot, now());
    if (needs.length > 0) {
      snapshot = await satisfy(context, snapshot, needs, fresh || work.fresh);
    } else if (!fresh && opens(decision, snapshot)) {
      fresh = true;
      snapshot =
        decision.kind === "release"
          ? await observeAfresh(context, snapshot, work)
          : {
              ...snapshot,
              config: await context.configs.read(context.octokit, snapshot.repo, context.started),
            };
    } else {
      return { snapshot, decision };
    }
  }
  throw new PassingFault("deciding needed more and more to be read");
}

/** The gate would open although it was not open before. */
function opens(decision: Decision, { own }: Snapshot): boolean {
  if (own.current?.conclusion === "success") return false;
  return decision.kind === "pass" || (decision.kind === "release" && decision.verdict.kind !== "blocked");
}
