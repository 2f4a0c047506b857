import type { Octokit } from "../../github/client.ts";
import { attempt, orAbsent } from "../../github/errors.ts";
import type { RepoName } from "../../github/read/account.ts";
import { readPages } from "../../github/read/pages.ts";

/** What keeps people from writing to a branch as they like. */
export interface Branch {
  readonly name: string;
  /** Whatever requires a status check there. */
  readonly required: readonly RequiredCheck[];
  /** Changes come by pull request only, by a ruleset or classic protection. */
  readonly guarded: boolean;
}

export interface RequiredCheck {
  readonly name: string;
  /** The app whose check counts; null: anybody's. */
  readonly appId: number | null;
  readonly by: Rule;
}

/** What requires it. */
export type Rule =
  | {
      readonly kind: "ruleset";
      readonly id: number;
      readonly owner: string;
      readonly ofOrganisation: boolean;
    }
  | { readonly kind: "classic" };

/** Null: there is no such branch. What GitHub refuses to show is thrown. */
export async function readBranch(octokit: Octokit, name: RepoName, branch: string): Promise<Branch | null> {
  const [found, rules] = await Promise.all([
    orAbsent(() => octokit.rest.repos.getBranch({ ...name, branch })),
    readPages(
      (page) => octokit.rest.repos.getBranchRules({ ...name, branch, ...page }),
      (data) => data,
    ),
  ]);
  if (found === null) return null;
  const classic = found.data.protection?.required_status_checks;
  // Older protections list contexts only; those have no app. -1 is "any app".
  const checks = classic?.checks ?? classic?.contexts?.map((context) => ({ context, app_id: null })) ?? [];
  const byClassic = checks.map(
    ({ context, app_id: id }): RequiredCheck => ({
      name: context,
      appId: appOf(id),
      by: { kind: "classic" },
    }),
  );
  const byRulesets = rules.flatMap((rule): RequiredCheck[] => {
    if (rule.type !== "required_status_checks") return [];
    const by: Rule = {
      kind: "ruleset",
      id: rule.ruleset_id ?? 0,
      owner: rule.ruleset_source ?? "",
      ofOrganisation: rule.ruleset_source_type !== "Repository",
    };
    const { required_status_checks: required = [] } = rule.parameters ?? {};
    return required.map(({ context, integration_id: id }) => ({ name: context, appId: appOf(id), by }));
  });
  return {
    name: branch,
    required: [...byRulesets, ...byClassic],
    guarded: found.data.protection?.enabled === true || rules.some(({ type }) => type === "pull_request"),
  };
}

const appOf = (id: number | null | undefined): number | null => (id == null || id < 0 ? null : id);

/** Who may do as if the rule were not there; null: this token may not see it. */
export async function readBypasses(
  octokit: Octokit,
  name: RepoName,
  branch: string,
  rule: Rule,
): Promise<readonly string[] | null> {
  if (rule.kind === "classic") {
    const found = await attempt("the protection", () =>
      octokit.rest.repos.getBranchProtection({ ...name, branch }),
    );
    if (!found.ok) return null;
    return found.value.data.enforce_admins?.enabled === true ? [] : ["administrators"];
  }
  const found = await attempt("the ruleset", () =>
    octokit.rest.repos.getRepoRuleset({ ...name, ruleset_id: rule.id }),
  );
  // Shown only to those who may change the ruleset.
  const actors = found.ok ? found.value.data.bypass_actors : undefined;
  if (actors === undefined) return null;
  const teams = actors.some(({ actor_type: type }) => type === "Team")
    ? await teamNames(octokit, name)
    : null;
  return actors.map((actor) => actorInWords(actor, teams ?? new Map()));
}

/** By id, as far as they may be seen. */
async function teamNames(octokit: Octokit, { owner }: RepoName): Promise<ReadonlyMap<number, string>> {
  const listed = await attempt("the teams", () =>
    readPages(
      (page) => octokit.rest.teams.list({ org: owner, ...page }),
      (data) => data,
    ),
  );
  return new Map(listed.ok ? listed.value.map(({ id, slug }) => [id, `@${owner}/${slug}`]) : []);
}

/** Ids of rulesets that would require this check and are not in force: they are tried out, or switched off. */
export async function sleepingRulesets(
  octokit: Octokit,
  { owner, repo }: RepoName,
  check: string,
): Promise<readonly number[]> {
  const found = await attempt("the rulesets", async () => {
    const listed = await readPages(
      (page) => octokit.rest.repos.getRepoRulesets({ owner, repo, ...page }),
      (data) => data,
    );
    const asleep = listed.filter(({ enforcement }) => enforcement !== "active");
    return Promise.all(
      asleep.map(({ id }) => octokit.rest.repos.getRepoRuleset({ owner, repo, ruleset_id: id })),
    );
  });
  if (!found.ok) return [];
  return found.value.flatMap(({ data: { id, rules = [] } }) =>
    rules.some(
      (rule) =>
        rule.type === "required_status_checks" &&
        rule.parameters?.required_status_checks.some(({ context }) => context === check),
    )
      ? [id]
      : [],
  );
}

/** GitHub's ids of the roles that every repository has; others are an organisation's own. */
const roles: Readonly<Record<number, string>> = { 2: "maintain", 4: "write", 5: "admin" };

function actorInWords(
  actor: {
    readonly actor_type: string;
    readonly actor_id?: number | null | undefined;
    readonly bypass_mode?: string | undefined;
  },
  teams: ReadonlyMap<number, string>,
): string {
  const { actor_type: type, actor_id: id } = actor;
  const words: Readonly<Record<string, string>> = {
    OrganizationAdmin: "owners of the organisation",
    EnterpriseOwner: "owners of the enterprise",
    RepositoryRole: `everyone with the role ${roles[id ?? 0] ?? id}`,
    DeployKey: "deploy keys",
    Integration: `the app ${id}`,
    Team: teams.get(id ?? 0) ?? `the team ${id}`,
    User: `the user ${id}`,
  };
  const how = actor.bypass_mode === "pull_request" ? " (in pull requests)" : "";
  return `${words[type] ?? `${type} ${id ?? ""}`.trim()}${how}`;
}
