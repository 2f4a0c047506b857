/** Who plays in the stories, what they may, and the checklist that they work on. */

export const people = ["bea", "sam", "kim", "bob", "alice"] as const;
export type Person = (typeof people)[number];

export const items = ["rollback", "watch", "schema", "told"] as const;
export type ItemId = (typeof items)[number];

/** Files under it end the sign-offs of `schema`. */
export const guarded = "db/";

/** Signatures that an item needs. */
export const signatures: Readonly<Record<ItemId, number>> = { rollback: 1, watch: 2, schema: 1, told: 1 };

/** The only item with a question, and the question. */
export const asking = { item: "rollback", question: "code" } as const;

export const config = `checklist:
  release: [{ base: main, head: ["release/**"] }]
  may: { override: [alice], waive: ["@acme/sre"] }
  items:
    - id: rollback
      title: Rollback plan confirmed
      signers: { from: ["@acme/sre"], not: [author] }
      questions: { code: How do we revert? }
    - id: watch
      title: Somebody watches
      signers: { from: ["@acme/sre"], count: 2 }
    - id: schema
      title: Schema reviewed
      signers: { from: ["@acme/sre"] }
      dismiss-stale: ["db/**"]
    - id: told
      title: Stakeholders notified
      signers: { from: ["@acme/sre"] }
      notify: { to: [stakeholders] }
`;

export const team: readonly string[] = ["bea", "sam", "kim"];

/** May this account sign the item? Alice or kim opened the pull request. */
export const maySign = (login: string, item: ItemId, author: string): boolean =>
  team.includes(login) && !(item === "rollback" && login === author);

/** May this account waive the item, or with null override the whole gate? */
export const mayExcept = (login: string, item: ItemId | null): boolean =>
  item === null ? login === "alice" : team.includes(login);

export const self = "release-checklist[bot]";
export const isBot = (login: string): boolean => login.endsWith("[bot]");
