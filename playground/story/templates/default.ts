import { announces, checksPass, merges, opens, signs, workflowPasses } from "./steps.ts";
import { templateStory } from "./story.ts";

const configuration = `checklist:
  extends: default
  checks:
    ci: { workflow: ci.yml }
    staging-e2e: staging-e2e
    migration-validation: migration-validation
  items:
    - id: stakeholders
      notify: { to: [stakeholders] }
`;

export const byDefault = templateStory("default", configuration, [
  opens("alice", ["ci", "migrations", "stakeholders"]),
  workflowPasses("CI passes.", "ci", "ci.yml"),
  checksPass(
    "The pipeline tests staging and the migration, and both pass.",
    ["staging-e2e", "migrations"],
    ["staging-e2e", "migration-validation"],
  ),
  signs("bob", ["acceptance", "monitoring"]),
  signs("sam", ["rollback"], {
    rollback: { code: "Redeploy 2.0.0.", data: "Notes come back from the backup." },
  }),
  announces("carol", "stakeholders"),
  merges("alice"),
]);
