import type { PersonView } from "../serve/view.ts";
import { Avatar } from "./avatar.tsx";

/** Who somebody is: everything is done in that person's name. */
export function People({
  people,
  by,
  choose,
}: {
  people: readonly PersonView[];
  by: string;
  choose: (login: string) => void;
}) {
  return (
    <fieldset class="people">
      <legend>You are</legend>
      <div class="chips">
        {people.map(({ login, part, role }) => (
          <label key={login} class="chip" title={`${role} access`}>
            <input
              type="radio"
              name="person"
              value={login}
              checked={login === by}
              onChange={() => choose(login)}
            />
            <Avatar login={login} />
            <span>
              <b>{login}</b> <span class="part">{part}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
