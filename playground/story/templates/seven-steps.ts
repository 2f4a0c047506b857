import { announces, checksPass, deployed, merges, opens, signs, stands, workflowPasses } from "./steps.ts";
import { templateStory } from "./story.ts";

const configuration = `checklist:
  extends: seven-steps
  checks:
    candidate: candidate
    ci: { workflow: ci.yml }
    migration-validation: migration-validation
    staging-health: staging-health
    staging-e2e: staging-e2e
    integration: integration
    production-migrations: production-migrations
    canary: canary
    error-rate: error-rate
    production-health: production-health
    production-smoke: production-smoke
    production-figures: production-figures
    background-jobs: background-jobs
  items:
    - id: staging
      deployment: { environment: staging }
    - id: production
      deployment: { environment: production }
    - id: stakeholders
      notify: { to: [stakeholders] }
    - id: end-announced
      notify: { to: [stakeholders] }
`;

const staging = ["staging-health", "staging-e2e", "integration"];
const rollout = ["production-migrations", "canary", "error-rate", "production-health"];
const production = ["production-smoke", "production-figures", "background-jobs"];

export const sevenSteps = templateStory("seven-steps", configuration, [
  opens("alice", ["changelog", "staging", "bugs", "team", "canary", "observation"]),
  stands("The branch changes the CHANGELOG and the version.", ["changelog", "version"]),
  checksPass("The candidate is tagged.", ["candidate"]),
  workflowPasses("CI passes.", "ci", "ci.yml"),
  signs("alice", ["breaking-changes", "notes-draft"], {
    "breaking-changes": { which: "Notes are gone; the CHANGELOG says so." },
  }),
  deployed("staging", "staging"),
  checksPass(
    "The pipeline migrates and tests staging.",
    ["migrations", ...staging],
    ["migration-validation", ...staging],
  ),
  signs("sam", ["staging-process", "staging-environment"]),
  signs("bob", ["staging-smoke", "acceptance", "edge-cases", "performance", "bugs"], {
    "edge-cases": { walked: "Sent twice, and with 5 MB of text, by bob." },
    performance: { moved: "p95 of the cart fell by 20 ms: it reads one column less." },
  }),
  signs("sam", ["backup", "rollback", "rollback-tried", "on-call"], {
    rollback: { code: "Redeploy 2.0.0.", data: "Notes come back from the backup." },
    "rollback-tried": { tried: "Yesterday on staging, in four minutes." },
    "on-call": { who: "sam" },
  }),
  signs("carol", ["window", "dashboards", "team", "flags"]),
  announces("carol", "stakeholders"),
  deployed("production", "production"),
  checksPass("The pipeline migrates production, watches the canary and moves the traffic.", rollout),
  signs("sam", ["old-version"]),
  announces("carol", "end-announced"),
  checksPass("The pipeline verifies production.", production),
  signs("sam", ["observation", "no-rollback"]),
  merges("alice"),
]);
