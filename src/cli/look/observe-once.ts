import type { Checklist } from "../../domain/config/checklist.ts";
import type { Decision } from "../../domain/decision.ts";
import type { ConfigState, Snapshot } from "../../domain/snapshot.ts";
import { createComparisons } from "../../github/read/compare.ts";
import { createPeople } from "../../github/read/people.ts";
import { createCommitMemo } from "../../github/read/pull.ts";
import { createRequired } from "../../github/read/required.ts";
import { work } from "../../queue/queue.ts";
import { createConfigs } from "../../reconcile/config/configs.ts";
import { createMemory } from "../../reconcile/memory/memory.ts";
import { observe } from "../../reconcile/observe/observe.ts";
import { type Plan, plan } from "../../reconcile/plan.ts";
import { settle } from "../../reconcile/settle.ts";
import { builtInTemplates } from "../../templates.ts";
import { version } from "../../version.ts";
import { Cannot } from "../cannot.ts";
import type { PullName } from "../pull-name.ts";
import type { Access } from "./access.ts";

/** What one look saw, decided and would write. */
export interface Observed {
  readonly snapshot: Snapshot;
  readonly decision: Decision;
  readonly plan: Plan;
  readonly as: string;
  /** False: which targets the server knows is not known here. */
  readonly knowsTargets: boolean;
}

/**
 * Looks as the app does after a start, when it remembers nothing, and stops before writing.
 *
 * @param instead The rules to decide by; null: those of the repository.
 */
export async function observeOnce(
  access: Access,
  asked: PullName,
  instead: ConfigState | null = null,
): Promise<Observed> {
  const started = Date.now();
  const now = () => Date.now();
  const why = work("look", started, { fresh: true });
  const configs = createConfigs(builtInTemplates(), now);
  const context = {
    octokit: access.octokit,
    name: { owner: asked.owner, repo: asked.repo },
    number: asked.number,
    app: { ...access.app, version },
    targets: access.targets ?? new Set<string>(),
    people: createPeople(now),
    configs:
      instead === null ? configs : { ...configs, read: async () => instead, lastKnown: async () => instead },
    required: createRequired(now),
    commits: createCommitMemo(),
    comparisons: createComparisons(),
    now,
    started,
  };
  const observed = await observe(context, why, createMemory().of(""), null);
  if (observed === null) throw new Cannot(`it does not exist, or ${access.as} may not see it`);
  const first = observed.snapshot;
  const targets = access.targets ?? namedTargets(first);
  const settled = await settle({ ...context, targets }, { ...first, targets }, why, now, true);
  const { snapshot, decision } = settled;
  return {
    snapshot,
    decision,
    plan: plan(decision, snapshot),
    as: access.as,
    knowsTargets: access.targets !== null,
  };
}

const namedTargets = ({ config }: Snapshot): ReadonlySet<string> =>
  new Set("checklist" in config ? recipients(config.checklist) : []);

const recipients = ({ items }: Checklist): string[] =>
  items.flatMap((item) =>
    item.kind === "notify" ? item.to.flatMap((to) => (to.type === "target" ? [to.name] : [])) : [],
  );
