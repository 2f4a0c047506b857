import type { Checklist } from "../../domain/config/checklist.ts";
import { checkName } from "../../domain/decide/block-model.ts";
import { matcher } from "../../domain/glob.ts";
import { attempt } from "../../github/errors.ts";
import { readPages } from "../../github/read/pages.ts";
import {
  type Branch,
  type RequiredCheck,
  type Rule,
  readBranch,
  readBypasses,
  sleepingRulesets,
} from "./branch.ts";
import { type Diagnosis, fine, problem, unseen, warning } from "./diagnosis.ts";
import { type Patient, shellQuoted } from "./patient.ts";

/** More release branches than these are not looked at one by one. */
const most = 20;

/** Whether the gate holds on every branch that releases go into, and on the default branch. */
export async function diagnoseGate(patient: Patient, checklist: Checklist): Promise<Diagnosis[]> {
  const names = await releaseBranches(patient, checklist);
  if (typeof names === "string")
    return [
      unseen("gate", `The branches cannot be listed: ${names}.`, "Use a token that may read the repository."),
    ];
  const found = await Promise.all(names.slice(0, most).map((name) => diagnoseBranch(patient, name)));
  const more =
    names.length <= most
      ? []
      : [
          unseen(
            "gate",
            `${names.length} branches match the release rules; the first ${most} were looked at.`,
          ),
        ];
  return [...found.flat(), ...more];
}

/** The check stands on every pull request, so the default branch wants it too. A text says why it cannot be told. */
async function releaseBranches(
  { octokit, owner, repo, defaultBranch }: Patient,
  { release }: Checklist,
): Promise<readonly string[] | string> {
  const patterns = release.map(({ base }) => base ?? [defaultBranch]);
  const listed = await attempt("the branches", () =>
    readPages(
      (page) => octokit.rest.repos.listBranches({ owner, repo, ...page }),
      (data) => data,
    ),
  );
  if (!listed.ok) return listed.problem.why;
  const tests = patterns.map((base) => matcher(base, "branch"));
  const matching = listed.value.map(({ name }) => name).filter((name) => tests.some((test) => test(name)));
  return [...new Set([defaultBranch, ...matching])];
}

async function diagnoseBranch(patient: Patient, name: string): Promise<Diagnosis[]> {
  const { octokit, owner, repo } = patient;
  const reading = await attempt("the rules", () => readBranch(octokit, { owner, repo }, name));
  if (!reading.ok)
    return [
      unseen(
        "gate",
        `The rules of ${name} cannot be read: ${reading.problem.why}.`,
        "Use a token that may read the repository's contents.",
      ),
    ];
  const branch = reading.value;
  if (branch === null) return [];
  const ours = branch.required.filter((check) => check.name === checkName(name));
  const asleep = ours.length > 0 ? [] : await sleepingRulesets(octokit, { owner, repo }, checkName(name));
  return [
    ...diagnoseRequired(patient, branch, ours, asleep),
    ...(ours.length === 0 ? [] : await diagnoseBypasses(patient, name, ours)),
  ];
}

function diagnoseRequired(
  patient: Patient,
  branch: Branch,
  ours: readonly RequiredCheck[],
  asleep: readonly number[],
): Diagnosis[] {
  const { app, htmlUrl, owner, repo } = patient;
  const check = `"${checkName(branch.name)}"`;
  const [sleeping] = asleep;
  if (sleeping !== undefined)
    return [
      problem(
        "gate",
        `The ruleset ${sleeping} would require ${check} on ${branch.name}, and is not active: there, the app only advises.`,
        `Set its enforcement to active: ${htmlUrl}/${owner}/${repo}/settings/rules/${sleeping}`,
      ),
    ];
  if (ours.length === 0)
    return [
      problem(
        "gate",
        `Nothing requires the check ${check} on ${branch.name}: there, the app only advises.`,
        ...rulesetCommand(patient, branch.name),
      ),
    ];
  const pins = ours.flatMap(({ appId }) => (appId === null ? [] : [appId]));
  const where = ours.map(({ by }) => ruleInWords(by)).join(" and ");
  const wrong = app === null ? undefined : pins.find((id) => id !== app.id);
  if (wrong !== undefined)
    return [
      problem(
        "gate",
        `${check} on ${branch.name} is awaited from the app ${wrong} (${where}), and ${app?.slug} is the app ${app?.id}: it will never pass.`,
        `Choose ${app?.slug} as the source of the check: ${settingsOf(patient, ours)}`,
      ),
    ];
  if (pins.length === 0)
    return [
      problem(
        "gate",
        `${check} is required on ${branch.name} (${where}), but not pinned to the app: whoever may report checks can open the gate.`,
        `Choose the app as the source of the check: ${settingsOf(patient, ours)}`,
      ),
    ];
  const pinned = app === null ? `to the app ${pins[0]}` : `to ${app.slug}`;
  return [fine("gate", `${check} is required on ${branch.name} (${where}) and pinned ${pinned}.`)];
}

async function diagnoseBypasses(
  patient: Patient,
  branch: string,
  ours: readonly RequiredCheck[],
): Promise<Diagnosis[]> {
  const { octokit, owner, repo } = patient;
  const rules = ours.map(({ by }) => by);
  const all = await Promise.all(rules.map((rule) => readBypasses(octokit, { owner, repo }, branch, rule)));
  // Whoever wants to merge past the check has to get past every rule that requires it.
  if (all.some((actors) => actors?.length === 0))
    return [fine("bypass", `Nobody may bypass the check on ${branch}.`)];
  return rules.flatMap((rule, index): Diagnosis[] => {
    const actors = all[index] ?? null;
    const at = settingsOf(patient, [{ by: rule }]);
    if (actors === null)
      return [
        unseen(
          "bypass",
          `Who may bypass ${ruleInWords(rule)} on ${branch} is shown to those who may change it only.`,
          "Run this with the token of an administrator.",
        ),
      ];
    const fix =
      rule.kind === "classic"
        ? `gh api --method POST repos/${owner}/${repo}/branches/${encodeURIComponent(branch)}/protection/enforce_admins`
        : `Take them off the bypass list, or accept it: ${at}`;
    return [
      warning(
        "bypass",
        `These may merge into ${branch} past ${ruleInWords(rule)}: ${actors.join(", ")}.`,
        fix,
      ),
    ];
  });
}

const ruleInWords = (rule: Rule): string =>
  rule.kind === "classic"
    ? "branch protection"
    : `the ${rule.ofOrganisation ? `organisation's ruleset` : "ruleset"} ${rule.id}`;

function settingsOf({ htmlUrl, owner, repo }: Patient, [first]: readonly { readonly by: Rule }[]): string {
  if (first === undefined || first.by.kind === "classic")
    return `${htmlUrl}/${owner}/${repo}/settings/branches`;
  return first.by.ofOrganisation
    ? `${htmlUrl}/organizations/${first.by.owner}/settings/rules/${first.by.id}`
    : `${htmlUrl}/${owner}/${repo}/settings/rules/${first.by.id}`;
}

/** Requires the check, pinned to the app. */
export function rulesetCommand({ owner, repo, app }: Patient, branch: string): string[] {
  const ruleset = {
    name: `Release checklist: ${branch}`,
    target: "branch",
    enforcement: "active",
    conditions: { ref_name: { include: [`refs/heads/${branch}`], exclude: [] } },
    rules: [
      {
        type: "required_status_checks",
        parameters: {
          strict_required_status_checks_policy: false,
          required_status_checks: [
            { context: checkName(branch), ...(app === null ? {} : { integration_id: app.id }) },
          ],
        },
      },
    ],
  };
  const pin =
    app === null ? ['Add "integration_id" with the App ID to pin it: name the app with --app.'] : [];
  return [
    `echo ${shellQuoted(JSON.stringify(ruleset))} | gh api --method POST repos/${owner}/${repo}/rulesets --input -`,
    ...pin,
  ];
}
