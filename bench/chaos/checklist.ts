/** What a chaotic life has to get right: a check, two signatures, one of them by a team, and an announcement. */
export const titles = { e2e: "E2E passes", go: "Go", plan: "Plan", tell: "Everybody knows" } as const;
export type ItemId = keyof typeof titles;
export const itemIds = Object.keys(titles) as readonly ItemId[];

export const checkName = "Release checklist: main";

export const checklist = (owner: string, post: "on-tick" | "when-ready"): string => `checklist:
  release: [{ base: main, head: "release/**" }]
  items:
    - { id: e2e, title: ${titles.e2e}, check: e2e }
    - { id: go, title: ${titles.go} }
    - { id: plan, title: ${titles.plan}, signers: { from: "@${owner}/sre" } }
    - { id: tell, title: ${titles.tell}, notify: { to: stakeholders, post: ${post} } }
`;
