/** An account as GitHub's events and answers name it. */
export interface Actor {
  readonly login: string;
  /** `bot` for accounts of type Bot (apps, `github-actions[bot]`), else `person`. */
  readonly kind: "person" | "bot";
}

/** GitHub compares logins, team names and slugs without regard to case. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
