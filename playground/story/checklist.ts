/** The name of the repository's check that protects `main`. */
export const requiredCheck = "Release checklist: main";

/** The repository's `.github/release.yml`. */
export const configuration = `checklist:
  release:
    - base: main
      head: ["release/**"]
  may:
    override: ["role:admin"]
    waive: ["role:maintain"]
  items:
    - id: ci
      title: CI is green
      check: { workflow: ci.yml }
    - id: staging-e2e
      title: End-to-end tests pass on staging
      check: staging-e2e
    - id: migrations
      title: Database migrations validated
      check: migration-validation
      when: { paths: ["db/migrations/**"] }
    - id: acceptance
      title: Acceptance criteria verified
    - id: rollback
      title: Rollback plan confirmed
      questions:
        code: How do we revert the code?
        data: How do we revert the data?
      signers: { from: ["@acme/sre"], not: [author] }
      dismiss-stale: ["db/**"]
    - id: monitoring
      title: Monitoring and alerts in place
    - id: stakeholders
      title: Stakeholders notified
      notify:
        to: [stakeholders, audit]
`;
