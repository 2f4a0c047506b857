import { announces, assigned, checksPass, merges, opens, signs, workflowPasses } from "./steps.ts";
import { templateStory } from "./story.ts";

const configuration = `checklist:
  extends: hotfix
  checks:
    ci: { workflow: ci.yml }
    migration-validation: migration-validation
  items:
    - id: stakeholders
      notify: { to: [stakeholders] }
`;

export const hotfix = templateStory("hotfix", configuration, [
  opens("alice", ["ci", "fix-verified", "migrations", "migration-backup", "in-charge"]),
  assigned("in-charge", "sam", "alice"),
  workflowPasses("CI passes.", "ci", "ci.yml"),
  checksPass("The pipeline tries the migration, and it passes.", ["migrations"], ["migration-validation"]),
  signs("bob", ["fix-verified"], { "fix-verified": { seen: "The cart opens on staging again." } }),
  signs("sam", ["migration-backup", "rollback", "monitoring"], {
    rollback: { code: "Redeploy 2.0.0.", data: "Notes come back from the backup." },
  }),
  announces("carol", "stakeholders"),
  merges("alice"),
]);
