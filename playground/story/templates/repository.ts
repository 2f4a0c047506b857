import { requiredCheck } from "../checklist.ts";
import type { Stage } from "../stage.ts";

/**
 * The stage with a repository that has this configuration and whose `main` needs the check. Its owner is one of its
 * own too: what GitHub allows in a minute is counted for each owner, and the app keeps to it.
 */
export function withRepository(stage: Stage, name: string, configuration: string): Stage {
  const repo = stage.github.repo(`acme-${name}/shop`, {
    files: {
      ".github/release.yml": configuration,
      "README.md": "# Shop\n",
      "CHANGELOG.md": "# Changelog\n",
      "package.json": '{ "version": "2.0.0" }\n',
    },
    collaborators: { alice: "write", bob: "write", carol: "maintain", sam: "write", root: "admin" },
  });
  repo.installApp(stage.app);
  repo.protect("main", { requiredChecks: [{ name: requiredCheck, appId: stage.app.id }] });
  return { ...stage, repo };
}
