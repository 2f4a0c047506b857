import { labelOf } from "../domain/config/extension.ts";
import { filesOf } from "../domain/config/layers.ts";
import { parseConfig } from "../domain/config/parse.ts";
import { type ReadConfig, readConfig } from "../domain/config/read.ts";
import { createConfigs } from "../reconcile/configs.ts";
import { builtInTemplates } from "../templates.ts";
import { Cannot, doing } from "./cannot.ts";
import type { ConfigFile } from "./config-file.ts";
import { clientFor, connect, type Env, hasCredentials } from "./connect.ts";
import { gitIn, remoteName } from "./git.ts";
import type { Terminal } from "./terminal.ts";

/** What a file of this machine means. GitHub is asked only where the file extends those of other repositories. */
export async function meaningOf(
  { file, text }: ConfigFile,
  terminal: Terminal,
  env: Env,
): Promise<ReadConfig> {
  const templates = builtInTemplates();
  const parsed = parseConfig(text, file);
  const [first] = parsed.kind === "parsed" ? filesOf(parsed.raw) : [];
  if (first === undefined) return readConfig(text, file, templates);
  const extended = labelOf(first);
  if (!hasCredentials(env))
    throw new Cannot(
      `${file} extends ${extended}, which is read from GitHub: set GITHUB_TOKEN, or the app's APP_ID and PRIVATE_KEY.`,
    );
  terminal.progress(`Reading ${extended} …`);
  return doing(`${file} extends ${extended}, which cannot be read`, async () => {
    const octokit = await clientFor(await connect(env), first);
    // The organisation whose locks hold is the one of the repository that the file is for.
    const here = remoteName(gitIn("."), env.GHE_HOST?.trim() || "github.com")?.split("/");
    const repo = { owner: here?.[0] ?? first.owner, name: here?.[1] ?? "" };
    return createConfigs(templates, () => Date.now()).interpret(octokit, repo, { file, text, blob: "" });
  });
}
