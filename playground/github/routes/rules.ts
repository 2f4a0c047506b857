import { atLeast, roleOf } from "../access.ts";
import { bypassActors, bypasses } from "../bypass.ts";
import { notFound } from "../errors.ts";
import { nodeId } from "../json/account.ts";
import { commitJson } from "../json/commit.ts";
import { repoPage, repoUrl } from "../json/repo.ts";
import type { Json, Protection, Repo, RequiredCheck, Ruleset } from "../model.ts";
import { allows } from "../permissions.ts";
import { branchHead } from "../refs.ts";
import type { RepoCall } from "../router.ts";
import { ok, page, type Routes } from "../routing.ts";
import { activeRulesets, protectionOf } from "../rules.ts";
import { fullName, type World } from "../world.ts";

/** Branches with their classic protection, and rulesets. */

const statusChecks = (url: string, protection: Protection): Json => ({
  url: `${url}/protection/required_status_checks`,
  strict: protection.strict,
  contexts: protection.requiredChecks.map((check) => check.name),
  contexts_url: `${url}/protection/required_status_checks/contexts`,
  enforcement_level: protection.enforceAdmins ? "everyone" : "non_admins",
  checks: protection.requiredChecks.map((check) => ({ context: check.name, app_id: check.appId })),
});

const checkRule = (checks: readonly RequiredCheck[], strict: boolean): Json => ({
  type: "required_status_checks",
  parameters: {
    strict_required_status_checks_policy: strict,
    do_not_enforce_on_create: false,
    required_status_checks: checks.map((check) => ({
      context: check.name,
      ...(check.appId === null ? {} : { integration_id: check.appId }),
    })),
  },
});

function rulesOf(ruleset: Ruleset): Json[] {
  const rules: Json[] = [];
  if (ruleset.requiredChecks.length > 0) rules.push(checkRule(ruleset.requiredChecks, ruleset.strict));
  if (ruleset.pullRequests) {
    rules.push({
      type: "pull_request",
      parameters: {
        required_approving_review_count: 1,
        dismiss_stale_reviews_on_push: false,
        require_code_owner_review: false,
        require_last_push_approval: false,
        required_review_thread_resolution: false,
        allowed_merge_methods: ["merge", "squash", "rebase"],
      },
    });
  }
  if (ruleset.mergeQueue) {
    rules.push({
      type: "merge_queue",
      parameters: {
        check_response_timeout_minutes: 60,
        grouping_strategy: "ALLGREEN",
        max_entries_to_build: 5,
        max_entries_to_merge: 5,
        merge_method: ruleset.mergeQueue.mergeMethod.toUpperCase(),
        min_entries_to_merge: 1,
        min_entries_to_merge_wait_minutes: 5,
      },
    });
  }
  return rules;
}

const rulesetJson = ({ urls }: World, repo: Repo, ruleset: Ruleset): Json => ({
  id: ruleset.id,
  node_id: nodeId("RepositoryRuleset", ruleset.id),
  name: ruleset.name,
  target: "branch",
  source_type: ruleset.source,
  source: ruleset.source === "Repository" ? fullName(repo) : repo.owner.login,
  enforcement: ruleset.enforcement,
  created_at: ruleset.createdAt,
  updated_at: ruleset.createdAt,
  _links: {
    self: { href: `${repoUrl(urls, repo)}/rulesets/${ruleset.id}` },
    html: { href: `${repoPage(urls, repo)}/rules/${ruleset.id}` },
  },
});

/** Only they are shown who may bypass a ruleset. */
const mayWriteRules = ({ caller, repo }: RepoCall): boolean =>
  caller.kind === "installation"
    ? allows(caller.permissions, "administration", "write")
    : caller.kind === "user" && atLeast(roleOf(repo, caller.account), "admin");

export function ruleRoutes(routes: Routes): void {
  const { world } = routes;
  const contents = { needs: [["contents", "read"]] } as const;
  const metadata = { needs: [["metadata", "read"]] } as const;
  const administration = { needs: [["administration", "read"]], role: "admin" } as const;

  routes.repo("GET", "/branches/{branch}", contents, (call) => {
    const name = call.params.branch as string;
    const commit = branchHead(call.repo, name);
    if (!commit) throw notFound();
    const protection = protectionOf(call.repo, name);
    const url = `${repoUrl(world.urls, call.repo)}/branches/${encodeURIComponent(name)}`;
    return ok({
      name,
      commit: commitJson(world, call.repo, commit),
      _links: { self: url, html: url },
      protected: protection !== undefined || activeRulesets(call.repo, name).length > 0,
      protection: protection
        ? { enabled: true, required_status_checks: statusChecks(url, protection) }
        : { enabled: false, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } },
      protection_url: `${url}/protection`,
    });
  });

  const protectionFor = (call: RepoCall): { url: string; protection: Protection } => {
    const name = call.params.branch as string;
    const protection = branchHead(call.repo, name) && protectionOf(call.repo, name);
    if (!protection) throw notFound();
    return { url: `${repoUrl(world.urls, call.repo)}/branches/${encodeURIComponent(name)}`, protection };
  };

  routes.repo("GET", "/branches/{branch}/protection", administration, (call) => {
    const { url, protection } = protectionFor(call);
    const flag = (enabled: boolean) => ({ enabled });
    return ok({
      url: `${url}/protection`,
      required_status_checks: statusChecks(url, protection),
      enforce_admins: { url: `${url}/protection/enforce_admins`, enabled: protection.enforceAdmins },
      required_signatures: { url: `${url}/protection/required_signatures`, enabled: false },
      required_linear_history: flag(false),
      allow_force_pushes: flag(protection.allowForcePushes),
      allow_deletions: flag(false),
      block_creations: flag(false),
      required_conversation_resolution: flag(false),
      lock_branch: flag(false),
      allow_fork_syncing: flag(false),
    });
  });

  routes.repo("GET", "/branches/{branch}/protection/required_status_checks", administration, (call) => {
    const { url, protection } = protectionFor(call);
    return ok(statusChecks(url, protection));
  });

  routes.repo("GET", "/rules/branches/{branch}", metadata, (call) => {
    const rules = activeRulesets(call.repo, call.params.branch as string).flatMap((ruleset) =>
      rulesOf(ruleset).map((rule) => ({
        ...rule,
        ruleset_source_type: ruleset.source,
        ruleset_source: ruleset.source === "Repository" ? fullName(call.repo) : call.repo.owner.login,
        ruleset_id: ruleset.id,
      })),
    );
    return page(call, rules, (rule) => rule);
  });

  routes.repo("GET", "/rulesets", metadata, (call) =>
    page(call, call.repo.rulesets, (ruleset) => rulesetJson(world, call.repo, ruleset)),
  );

  routes.repo("GET", "/rulesets/{id}", metadata, (call) => {
    const ruleset = call.repo.rulesets.find((one) => one.id === Number(call.params.id));
    if (!ruleset) throw notFound();
    return ok({
      ...rulesetJson(world, call.repo, ruleset),
      ...(mayWriteRules(call)
        ? { bypass_actors: bypassActors(ruleset, call.repo, (login) => world.account(login)) }
        : {}),
      current_user_can_bypass:
        call.caller.kind === "user" && bypasses(ruleset, call.repo, call.caller.account) ? "always" : "never",
      conditions: { ref_name: { include: ruleset.branches.map(refPattern), exclude: [] } },
      rules: rulesOf(ruleset),
    });
  });
}

const refPattern = (branch: string): string => (branch.startsWith("~") ? branch : `refs/heads/${branch}`);
