import type { Payload } from "./payload.ts";
import { wholeRepository } from "./repo.ts";
import { type Affected, hint, ignored } from "./result.ts";

// What is remembered is void here at once, and by `fresh` also where another replica looks.

/** A collaborator of the repository came, went or got another role. */
export const onMember = ({ repository }: Payload, why: string): Affected =>
  wholeRepository(repository, hint(why, { rights: true, fresh: true }));

/** Somebody joined or left a team, which may sign anywhere in the organisation. */
export const onMembership = (_payload: Payload, why: string): Affected => ({
  kind: "installation",
  hint: hint(why, { rights: true, fresh: true }),
});

export const onTeam = ({ action, repository }: Payload, why: string): Affected => {
  if (action === "created") return ignored("changes-nothing");
  const given = hint(why, { rights: true, fresh: true });
  return repository ? wholeRepository(repository, given) : { kind: "installation", hint: given };
};

export const onOrganization = ({ action }: Payload, why: string): Affected => {
  switch (action) {
    case "member_added":
    case "member_removed":
    case "renamed":
      return { kind: "installation", hint: hint(why, { rights: true, fresh: true }) };
    case "deleted":
      return ignored("gone");
    default:
      return ignored("changes-nothing");
  }
};
