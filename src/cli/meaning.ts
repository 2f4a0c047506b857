import { keyOfFile, labelOf } from "../domain/config/extension.ts";
import { filesOf } from "../domain/config/layers.ts";
import { parseConfig } from "../domain/config/parse.ts";
import { type ReadConfig, readConfig } from "../domain/config/read.ts";
import { sharedRepo } from "../github/read/organisation.ts";
import { targetsFor } from "../notify/targets.ts";
import { readAround } from "../reconcile/config/around.ts";
import { createConfigs } from "../reconcile/config/configs.ts";
import { builtInTemplates } from "../templates.ts";
import { Cannot, doing } from "./cannot.ts";
import { type ConfigFile, readConfigFile } from "./config-file.ts";
import { clientFor, connect, type Env, hasCredentials } from "./connect.ts";
import { gitIn, remoteName } from "./git.ts";
import { readRepoName } from "./pull-name.ts";
import type { Terminal } from "./terminal.ts";

/** What a file of this machine means. GitHub is asked only where the file extends those of other repositories. */
export async function meaningOf(
  { file, text }: ConfigFile,
  terminal: Terminal,
  env: Env,
  forRepository: string | undefined = undefined,
): Promise<ReadConfig> {
  if (forRepository !== undefined) return meaningFor(forRepository, { file, text }, terminal, env);
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

/** What a file means under an organisation's file of this machine. Nothing is asked of GitHub. */
export function meaningUnder(organisationFile: string, { file, text }: ConfigFile): ReadConfig {
  const templates = builtInTemplates();
  const shared = readConfigFile(organisationFile);
  const organisation = readConfig(shared.text, shared.file, templates);
  if (organisation.kind === "none") throw new Cannot(`${shared.file} has no "checklist": it locks nothing.`);
  if (organisation.kind === "broken")
    throw new Cannot(`${shared.file} is broken: run "validate ${shared.file}" first.`);
  const { standing } = organisation;
  const parsed = parseConfig(text, file);
  const named = parsed.kind === "parsed" ? filesOf(parsed.raw).filter(({ repo }) => repo === sharedRepo) : [];
  const extended = new Map(named.map((extension) => [keyOfFile(extension), standing]));
  return readConfig(text, file, templates, { extended, organisation: standing });
}

/** What it means in this repository, and whether everything is there that it names. */
async function meaningFor(
  repository: string,
  source: ConfigFile,
  terminal: Terminal,
  env: Env,
): Promise<ReadConfig> {
  const name = readRepoName(repository);
  if (!hasCredentials(env))
    throw new Cannot(`To ask about ${repository}, set GITHUB_TOKEN, or the app's APP_ID and PRIVATE_KEY.`);
  terminal.progress(`Asking GitHub about ${repository} …`);
  return doing(`${repository} cannot be asked about`, async () => {
    const connection = await connect(env);
    const octokit = await clientFor(connection, name);
    const configs = createConfigs(builtInTemplates(), () => Date.now());
    const repo = { owner: name.owner, name: name.repo };
    const config = await configs.interpret(octokit, repo, { ...source, blob: "" });
    if (config.kind !== "valid") return config;
    const { data } = await octokit.rest.repos.get(name);
    const branch = data.default_branch;
    const around = await readAround(octokit, name, source, {
      head: branch,
      base: { ref: branch, sha: branch },
      appId: connection.kind === "app" ? connection.identity.id : null,
      targets:
        connection.targets === null ? null : new Set(targetsFor(connection.targets, name.owner).keys()),
    });
    const findings = [...config.findings, ...around].toSorted(
      (a, b) => a.line - b.line || a.column - b.column,
    );
    return { ...config, findings };
  });
}
