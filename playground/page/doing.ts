import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Action } from "../serve/action.ts";
import type { Outcome } from "../serve/view.ts";

type WithoutBy<One> = One extends Action ? Omit<One, "by"> : never;

/** An action without who does it: the person picker knows that. */
export type Deed = WithoutBy<Action>;

export interface Doing {
  /** The login of whoever somebody is at the moment. */
  readonly by: string;
  /** Does it as that person, and shows when it is refused. */
  readonly perform: (deed: Deed) => Promise<Outcome>;
  /** Whether nothing can be done just now: the world starts, or a release is being played. */
  readonly busy: boolean;
}

const nobody: Doing = {
  by: "",
  perform: async () => ({ ok: false, message: "", reasons: [] }),
  busy: true,
};

export const DoingContext = createContext<Doing>(nobody);
export const useDoing = (): Doing => useContext(DoingContext);
