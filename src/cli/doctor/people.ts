import type { Checklist, Party } from "../../domain/config/checklist.ts";
import { attempt, orAbsent } from "../../github/errors.ts";
import { type Diagnosis, fine, problem, unseen, warning } from "./diagnosis.ts";
import type { Patient } from "./patient.ts";

/** Whether the people and teams who are named can be found, and may do what the checklist asks of them. */
export async function diagnosePeople(patient: Patient, checklist: Checklist): Promise<Diagnosis[]> {
  const named = partiesOf(checklist);
  const found = await Promise.all(
    named.map((party) =>
      party.type === "team"
        ? diagnoseTeam(patient, party)
        : party.type === "user"
          ? diagnoseUser(patient, party.login)
          : [],
    ),
  );
  const all = found.flat();
  const count = named.filter(({ type }) => type !== "role").length;
  return all.length > 0 || count === 0
    ? all
    : [fine("people", "Every team and person that is named is there and can take part.")];
}

/** Each once. */
function partiesOf({ items, may }: Checklist): Party[] {
  const signers = items.flatMap((item) => ("signers" in item ? item.signers.from : []));
  const mentioned = items.flatMap((item) =>
    item.kind === "notify" ? item.to.flatMap((to) => (to.type === "mention" ? [mention(to.name)] : [])) : [],
  );
  const all = [...signers, ...may.override, ...may.waive, ...mentioned];
  return [...new Map(all.map((party) => [JSON.stringify(party).toLowerCase(), party])).values()];
}

const mention = (name: string): Party => {
  const [first = "", slug] = name.replace(/^@/, "").split("/");
  return slug === undefined ? { type: "user", login: first } : { type: "team", org: first, slug };
};

async function diagnoseTeam(
  { octokit, owner }: Patient,
  { org, slug }: { readonly org: string; readonly slug: string },
): Promise<Diagnosis[]> {
  const team = `@${org}/${slug}`;
  if (org.toLowerCase() !== owner.toLowerCase())
    return [
      problem(
        "people",
        `${team} is a team of another organisation: the app sees only teams of ${owner}.`,
        `Name a team of ${owner}, or people.`,
      ),
    ];
  const reading = await attempt("the team", () =>
    orAbsent(() => octokit.rest.teams.getByName({ org, team_slug: slug })),
  );
  if (!reading.ok) return [unseen("people", `${team} cannot be looked for: ${reading.problem.why}.`)];
  if (reading.value === null) {
    // GitHub answers 404 as well to those who may not see any team.
    const seesTeams = await attempt("the teams", () => octokit.rest.teams.list({ org, per_page: 1 }));
    return seesTeams.ok
      ? [problem("people", `There is no team ${team}.`, "Create it, or correct its name.")]
      : [
          unseen(
            "people",
            `${team} cannot be seen with this token.`,
            "Run this with the token of a member of the organisation (scope read:org); the app needs members: read.",
          ),
        ];
  }
  if (reading.value.data.members_count === 0)
    return [warning("people", `${team} has no members, so nobody can sign for it.`, "Add somebody to it.")];
  return [];
}

async function diagnoseUser({ octokit, owner, repo }: Patient, login: string): Promise<Diagnosis[]> {
  const reading = await attempt("the person", () =>
    orAbsent(() => octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: login })),
  );
  if (!reading.ok)
    return [unseen("people", `What ${login} may do here cannot be read: ${reading.problem.why}.`)];
  const permission = reading.value?.data.permission ?? "none";
  if (permission === "none")
    return [
      problem(
        "people",
        `${login} has no access to ${owner}/${repo}, or there is no such account.`,
        "Correct the name, or give access.",
      ),
    ];
  if (permission === "read")
    return [
      warning(
        "people",
        `${login} may only read ${owner}/${repo}: they cannot tick in the description.`,
        "They sign by comment: /checklist sign <item>. Or give write access.",
      ),
    ];
  return [];
}
