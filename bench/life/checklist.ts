/** What a life is measured with: three automated items, ten that people sign, one announcement. */
export const manual: readonly string[] = Array.from({ length: 10 }, (_, index) => `manual-${index + 1}`);

/** Only the team may sign this one. */
export const signedByTeam = "manual-10";

/** Items by the title that the check shows. */
export const titles = {
  ci: "CI is green",
  e2e: "End-to-end tests pass",
  scan: "Security scan passes",
  announcement: "Stakeholders notified",
} as const;

export const titleOf = (id: string): string => `Step ${id} confirmed`;

export const checkName = "Release checklist: main";

/** `.github/release.yml` of an owner. */
export const checklist = (owner: string): string => `checklist:
  release:
    - base: main
      head: ["release/**"]
  items:
    - id: ci
      title: ${titles.ci}
      check: { workflow: ci.yml }
    - id: e2e
      title: ${titles.e2e}
      check: e2e
    - id: scan
      title: ${titles.scan}
      check: security-scan
${manual.map((id) => `    - id: ${id}\n      title: ${titleOf(id)}${id === signedByTeam ? `\n      signers: { from: "@${owner}/sre" }` : ""}`).join("\n")}
    - id: stakeholders
      title: ${titles.announcement}
      notify: { to: stakeholders, post: when-ready }
`;
