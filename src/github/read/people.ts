import type { Actor } from "../../domain/actor.ts";
import { type Role, roles } from "../../domain/config/checklist.ts";
import { type Read, unreadable } from "../../domain/problem.ts";
import type { Person } from "../../domain/snapshot.ts";
import type { Octokit } from "../client.ts";
import { attempt, orAbsent } from "../errors.ts";
import type { RepoName } from "./account.ts";
import { createMemo, type Memo } from "./memo.ts";
import { readPages } from "./pages.ts";

export interface PersonWants {
  readonly actor: Actor;
  /** Teams as `org/slug`. */
  readonly teams: readonly string[];
  /** Remembered answers do not count: before the gate opens. */
  readonly fresh: boolean;
}

export interface People {
  read(octokit: Octokit, name: RepoName, wants: PersonWants): Promise<Person>;
  /** Logins of a team's members, those of its child teams included. */
  members(octokit: Octokit, name: RepoName, team: string, fresh: boolean): Promise<Read<readonly string[]>>;
  /** An event says that rights have changed. */
  forget(): void;
}

/** Design: memberships are cached for at most five minutes. */
const longest = 5 * 60_000;
const keptAnswers = 20_000;
const keptTeams = 500;

/** An answer, or one that is on its way, so that nobody asks twice at once. */
interface Kept<T> {
  readonly answer: Promise<Read<T>>;
  /** When it was asked for. */
  readonly at: number;
}

type Answers<T> = Memo<Kept<T>>;

/** Who may do what, remembered for at most five minutes. Only answers are remembered, never a refusal. */
export const createPeople = (now: () => number = () => performance.now()): People => {
  const roleMemo = createMemo<Kept<Role | null>>(keptAnswers);
  const teamMemo = createMemo<Kept<boolean>>(keptAnswers);
  const membersMemo = createMemo<Kept<readonly string[]>>(keptTeams);

  const remembered = <T>(
    memo: Answers<T>,
    key: string,
    fresh: boolean,
    reading: () => Promise<Read<T>>,
  ): Promise<Read<T>> => {
    const kept = fresh ? undefined : memo.get(key);
    if (kept && now() - kept.at < longest) return kept.answer;
    const asked: Kept<T> = { answer: reading(), at: now() };
    memo.set(key, asked);
    const forget = (): void => {
      if (memo.get(key) === asked) memo.delete(key);
    };
    asked.answer.then((answer) => answer.ok || forget(), forget);
    return asked.answer;
  };

  return {
    async read(octokit, name, { actor, teams, fresh }) {
      const { login } = actor;
      const roleKey = `${name.owner}/${name.repo}:${login}`.toLowerCase();
      const [role, ...memberships] = await Promise.all([
        remembered(roleMemo, roleKey, fresh, () => readRole(octokit, name, login)),
        ...teams.map(async (team): Promise<[string, Read<boolean>]> => {
          const key = team.toLowerCase();
          const teamKey = `${name.owner}:${key}:${login}`.toLowerCase();
          return [key, await remembered(teamMemo, teamKey, fresh, () => readMembership(octokit, key, login))];
        }),
      ]);
      return { actor, role, teams: new Map(memberships) };
    },
    members(octokit, name, team, fresh) {
      const key = `${name.owner}:${team}`.toLowerCase();
      return remembered(membersMemo, key, fresh, () => readMembers(octokit, team));
    },
    forget() {
      membersMemo.clear();
      roleMemo.clear();
      teamMemo.clear();
    },
  };
};

/** Null: no access, or no such account. Bots are no collaborators: GitHub answers 404 for most. */
const readRole = (octokit: Octokit, { owner, repo }: RepoName, login: string): Promise<Read<Role | null>> =>
  attempt(`the role of ${login}`, async () => {
    const answer = await orAbsent(() =>
      octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: login }),
    );
    return answer ? roleOf(answer.data.role_name, answer.data.permission) : null;
  });

/** `permission` knows no maintain and no triage, and `role_name` may be a custom role, for which `permission` tells its base. */
const roleOf = (roleName: string | undefined, permission: string): Role | null =>
  roles.find((role) => role === roleName) ?? roles.find((role) => role === permission) ?? null;

const readMembers = (octokit: Octokit, team: string): Promise<Read<readonly string[]>> => {
  const [org = "", slug = ""] = team.split("/");
  return attempt(`the members of @${team}`, async () => {
    const members = await readPages(
      (page) => octokit.rest.teams.listMembersInOrg({ org, team_slug: slug, ...page }),
      (data) => data,
    );
    return members.map(({ login }) => login);
  });
};

const readMembership = async (octokit: Octokit, team: string, login: string): Promise<Read<boolean>> => {
  const [org = "", slug = ""] = team.split("/");
  const what = `the members of @${team}`;
  const member = await attempt(what, () =>
    orAbsent(() => octokit.rest.teams.getMembershipForUserInOrg({ org, team_slug: slug, username: login })),
  );
  if (!member.ok) return member;
  // Someone who was invited is no member before accepting.
  if (member.value) return { ok: true, value: member.value.data.state === "active" };
  // 404 also stands for a team that does not exist or that the app may not see.
  const known = await attempt(what, () =>
    orAbsent(() => octokit.rest.teams.getByName({ org, team_slug: slug })),
  );
  if (!known.ok) return known;
  return known.value
    ? { ok: true, value: false }
    : unreadable(
        what,
        "there is no such team, or the app may not see it: it needs members: read in that organisation",
      );
};
