import { confidence } from "./confidence.ts";
import { byDefault } from "./default.ts";
import { hotfix } from "./hotfix.ts";
import { managedRelease } from "./managed-release.ts";
import { sevenSteps } from "./seven-steps.ts";
import { zeroRollback } from "./zero-rollback.ts";

/** One story for each built-in template. */
export const templateStories = [byDefault, confidence, zeroRollback, managedRelease, sevenSteps, hotfix];
