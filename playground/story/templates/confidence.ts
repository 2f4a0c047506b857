import { announces, checksPass, merges, opens, signs, workflowPasses } from "./steps.ts";
import { templateStory } from "./story.ts";

const configuration = `checklist:
  extends: confidence
  checks:
    regression: { workflow: regression.yml }
    migration-validation: migration-validation
  items:
    - id: stakeholders
      notify: { to: [stakeholders] }
`;

export const confidence = templateStory("confidence", configuration, [
  opens("alice", ["regression", "edge-cases", "migrations", "migration-backup", "stakeholders"]),
  workflowPasses("The regression suite runs against staging, and passes.", "regression", "regression.yml"),
  checksPass("The pipeline tries the migration, and it passes.", ["migrations"], ["migration-validation"]),
  signs("bob", ["acceptance", "edge-cases"], {
    "edge-cases": { walked: "Sent twice, and with 5 MB of text, by bob." },
  }),
  signs("carol", ["performance", "monitoring"], {
    performance: { moved: "p95 of the cart fell by 20 ms: it reads one column less." },
  }),
  signs("sam", ["migration-backup", "rollback"], {
    rollback: { code: "Redeploy 2.0.0.", data: "Notes come back from the backup." },
  }),
  announces("carol", "stakeholders"),
  merges("alice"),
]);
