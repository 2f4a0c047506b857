import { run } from "../../src/cli/program.ts";
import { processTerminal, type Terminal } from "../../src/cli/terminal.ts";
import { createGitHub } from "../github/index.ts";
import { writeHistory } from "./write.ts";

/** Runs `release-checklist report` over a history that is made up, and writes the page to this file. */
export async function reportOverHistory(file: string, terminal: Terminal = processTerminal()): Promise<void> {
  let now = Date.now();
  const github = createGitHub({ clock: () => new Date(now), sink: async () => 200 });
  const app = github.app({
    slug: "release-checklist",
    permissions: {
      checks: "write",
      contents: "read",
      issues: "write",
      metadata: "read",
      pull_requests: "write",
    },
  });
  await writeHistory({ github, app, until: now, weeks: 26, setClock: (time) => (now = time) });
  const { url, close } = await github.listen();
  const env = {
    GHE_HOST: new URL(url).host,
    GHE_PROTOCOL: "http",
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
  };
  try {
    await run(["report", "--org", "acme", "--since", "190d", "--html", file], terminal, env);
  } finally {
    await close();
  }
}
