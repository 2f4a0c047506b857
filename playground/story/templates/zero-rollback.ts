import {
  announces,
  assigned,
  checksPass,
  deployed,
  merges,
  opens,
  signs,
  stands,
  workflowPasses,
} from "./steps.ts";
import { templateStory } from "./story.ts";

const configuration = `checklist:
  extends: zero-rollback
  checks:
    ci: { workflow: ci.yml }
    security-scan: security-scan
    config-drift: config-drift
    staging-e2e: staging-e2e
    migration-validation: migration-validation
  items:
    - id: staging
      deployment: { environment: staging }
    - id: window
      window: { timezone: Europe/Berlin, open: Mon-Sun }
    - id: stakeholders
      notify: { to: [stakeholders] }
`;

export const zeroRollback = templateStory("zero-rollback", configuration, [
  opens("alice", ["staging", "migration-rules", "migration-steps", "rollback-criteria", "stakeholders"]),
  assigned("in-charge", "sam", "alice"),
  stands("This shop releases on every day of the week.", ["window"]),
  workflowPasses("CI passes.", "ci", "ci.yml"),
  deployed("staging", "staging"),
  checksPass(
    "The pipeline looks at staging, and all of it passes.",
    ["security-scan", "config-drift", "staging-e2e", "migrations"],
    ["security-scan", "config-drift", "staging-e2e", "migration-validation"],
  ),
  signs("bob", ["migration-rules", "migration-steps", "stakeholder-acceptance"], {
    "migration-rules": {
      compatible: "2.0.0 does not read the column.",
      locks: "The table carts, for a moment, at noon.",
      back: "Add the column, and fill it from the backup.",
    },
    "migration-steps": { steps: "2.0.0 stopped reading it; this one drops it." },
  }),
  signs("sam", ["rollback", "rollback-criteria", "monitoring"], {
    rollback: { code: "Redeploy 2.0.0.", data: "Notes come back from the backup." },
    "rollback-criteria": { limits: "The usual ones.", decides: "sam, else carol." },
  }),
  announces("carol", "stakeholders"),
  merges("alice"),
]);
