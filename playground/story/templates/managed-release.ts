import { announces, assigned, checksPass, merges, opens, signs, stands, workflowPasses } from "./steps.ts";
import { templateStory } from "./story.ts";

const configuration = `checklist:
  extends: managed-release
  checks:
    release-tests: { workflow: release.yml }
    migration-validation: migration-validation
  items:
    - id: window
      window: { timezone: Europe/Berlin, open: Mon-Sun }
    - id: stakeholders
      notify: { to: [stakeholders] }
`;

export const managedRelease = templateStory("managed-release", configuration, [
  opens("alice", ["scope", "schema-change", "in-charge", "release-notes", "stakeholders"]),
  assigned("in-charge", "sam", "alice"),
  stands("This shop releases on every day of the week.", ["window"]),
  workflowPasses("The tests that matter for releases pass.", "release-tests", "release.yml"),
  checksPass("The pipeline tries the migration, and it passes.", ["migrations"], ["migration-validation"]),
  signs("bob", ["scope", "dependencies", "schema-change"]),
  signs("sam", ["rollback", "rollback-criteria", "freeze", "rollout"], {
    rollback: { code: "Redeploy 2.0.0.", data: "Notes come back from the backup." },
    "rollback-criteria": { limits: "Errors above 2 % for five minutes.", decides: "sam, else carol." },
    rollout: { how: "Behind the flag short-cart, to one user in ten first." },
  }),
  signs("carol", ["release-notes", "channel"], {
    "release-notes": { changes: "Carts have no notes any more.", risks: "Old links to notes lead nowhere." },
    channel: { where: "The channel of the shop." },
  }),
  announces("carol", "stakeholders"),
  merges("alice"),
]);
