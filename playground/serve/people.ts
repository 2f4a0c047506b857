import { roleOf } from "../github/access.ts";
import type { Stage } from "../story/stage.ts";
import type { PersonView } from "./view.ts";

/** Whom somebody can be on the page, and what they are here for. */
const parts: Readonly<Record<string, string>> = {
  alice: "author",
  bob: "reviewer",
  sam: "SRE",
  carol: "product",
  root: "admin",
  eve: "reads only",
  "notes[bot]": "bot",
};

export const logins = Object.keys(parts);

export function peopleOf({ github, repo }: Stage): PersonView[] {
  return Object.entries(parts).map(([login, part]) => {
    const account = login.endsWith("[bot]") ? github.bot(login) : github.user(login);
    return { login, part, role: roleOf(repo.record, account) };
  });
}
