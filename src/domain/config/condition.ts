import { matcher } from "../glob.ts";
import { type MigrationsRisk, migrationsAtLeast } from "../migrations/risk.ts";
import type { Condition } from "./checklist.ts";

/** What `when` looks at. */
export interface ConditionFacts {
  /** Paths that the release changes. */
  readonly paths: readonly string[];
  /** False when GitHub cut the list: then every condition on paths holds, because the missing ones might match. */
  readonly complete: boolean;
  readonly labels: readonly string[];
  /** Name of the base branch. */
  readonly base: string;
  /** What the migrations of the release bring; null where nobody could look: then every condition on them holds. */
  readonly migrations: MigrationsRisk | null;
}

/** Whether an item applies: everything that is given must match; without a condition it always does. */
export function applies(condition: Condition | undefined, facts: ConditionFacts): boolean {
  if (condition === undefined) return true;
  const { paths, labels, base, migrations } = condition;
  return (
    (paths === undefined || !facts.complete || facts.paths.some(matcher(paths, "path"))) &&
    (labels === undefined || facts.labels.some(matcher(labels, "label"))) &&
    (base === undefined || matcher(base, "branch")(facts.base)) &&
    (migrations === undefined ||
      !facts.complete ||
      facts.migrations === null ||
      migrationsAtLeast(facts.migrations, migrations))
  );
}
