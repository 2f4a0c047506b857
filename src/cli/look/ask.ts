import type { Octokit } from "../../github/client.ts";
import type { PullName } from "../pull-name.ts";

/** As the button "Re-run" of a check: GitHub tells the app that made it, which then looks at everything afresh. */
export async function askToLook(octokit: Octokit, { owner, repo }: PullName, check: number): Promise<void> {
  await octokit.rest.checks.rerequestRun({ owner, repo, check_run_id: check });
}
