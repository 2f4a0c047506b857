import type { Command } from "commander";
import type { Checklist } from "../domain/config/checklist.ts";
import type { ConfigState } from "../domain/snapshot.ts";
import { plan } from "../reconcile/plan.ts";
import { Cannot, doing } from "./cannot.ts";
import { command } from "./command.ts";
import { type ConfigFile, readConfigFile } from "./config-file.ts";
import type { Env } from "./connect.ts";
import { showFinding } from "./findings.ts";
import { defaultBranchOf, gitIn } from "./git.ts";
import { access } from "./look/access.ts";
import { observeOnce } from "./look/observe-once.ts";
import { meaningOf } from "./meaning.ts";
import { painter } from "./paint.ts";
import { decideInvented, shaOf } from "./preview/invent.ts";
import { inventScene, type Scene } from "./preview/scene.ts";
import { asText, type Preview, previewOf } from "./preview/text.ts";
import { sceneOfWorkingCopy } from "./preview/working-copy.ts";
import { readPullName } from "./pull-name.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  readonly pr?: string;
  readonly workingCopy?: boolean;
  readonly base?: string;
  readonly app?: string;
  readonly appId?: string;
  readonly json?: boolean;
}

export function previewCommand(terminal: Terminal, env: Env): Command {
  return command("preview", {
    summary: "show what people will see of a configuration",
    description:
      "Shows the checklist in the description and the check as they would look. Nothing is written.",
    notes: [
      `Without options it invents a release pull request to which as many items apply as can; with --working-copy it takes the
branch that is checked out and what it changes. Both need no network. With --pr it reads a real pull request, and with
[file] as well it shows that one under the rules of the file.
Without [file], .github/release.yml and then .github/release-checklist.yml are tried.`,
    ],
    asksGitHub: true,
    exits: [
      "it was shown, whatever the verdict",
      "the configuration has mistakes",
      "wrong use, or something cannot be read",
    ],
    examples: [
      "preview",
      "preview docs/example.yml",
      "preview --working-copy --base production",
      "preview --pr acme/shop#7",
      "preview .github/release.yml --pr acme/shop#7 --json | jq -r .block",
    ],
    json: "print one JSON object: about, config, block, check, others",
  })
    .argument("[file]", "the configuration")
    .option("--pr <pull>", "a real pull request, as owner/repo#number")
    .option("--working-copy", "the branch that is checked out here")
    .option("--base <branch>", "the branch that it would go into")
    .option("--app <slug>", "with --pr: the app, when it has no check on the head yet")
    .option("--app-id <number>", "with --pr: its id, when GitHub does not tell it")
    .action((file: string | undefined, options: Options) => preview(file, options, terminal, env));
}

async function preview(
  asked: string | undefined,
  options: Options,
  terminal: Terminal,
  env: Env,
): Promise<void> {
  const { pr, workingCopy, base } = options;
  if (pr !== undefined && (workingCopy === true || base !== undefined))
    throw new Cannot("--pr shows a pull request as it is: leave --working-copy and --base out.");
  const file = pr === undefined || asked !== undefined ? readConfigFile(asked) : null;
  const rules = file === null ? null : await rulesOf(file, options, terminal, env);
  if (rules === "mistakes") return terminal.exit(1);
  const shown =
    pr === undefined ? previewInvented(rules, options) : await previewReal(pr, rules, options, terminal, env);
  terminal.out(
    options.json === true ? JSON.stringify(shown, null, 2) : asText(shown, painter(terminal.colours)),
  );
  terminal.exit(0);
}

interface Rules extends ConfigFile {
  readonly checklist: Checklist;
}

/** What the file means. Mistakes are printed, as `validate` does. */
async function rulesOf(
  source: ConfigFile,
  { json }: Options,
  terminal: Terminal,
  env: Env,
): Promise<Rules | "mistakes"> {
  const { file } = source;
  const config = await meaningOf(source, terminal, env);
  if (config.kind === "none") throw new Cannot(`${file} has no "checklist": there is nothing to show.`);
  if (config.kind === "valid") return { ...source, checklist: config.checklist };
  const { kind, findings } = config;
  terminal.out(
    json === true
      ? JSON.stringify({ file, kind, findings }, null, 2)
      : findings.map((finding) => showFinding(finding, source, terminal.colours)).join("\n\n"),
  );
  return "mistakes";
}

function previewInvented(rules: Rules | null, { workingCopy, base }: Options): Preview {
  if (rules === null) throw new Error("without a pull request there is a file");
  const { checklist } = rules;
  const scene: Scene =
    workingCopy === true
      ? sceneOfWorkingCopy(".", base)
      : withBase(inventScene(checklist, defaultBranchOf(gitIn("."))), base);
  const { snapshot, decision } = decideInvented(scene, rules, checklist, Date.now());
  const { content } = plan(decision, snapshot);
  return previewOf(
    `${scene.head} into ${scene.base}: ${scene.about}`,
    rules.file,
    checklist,
    decision,
    content,
  );
}

const withBase = (scene: Scene, base: string | undefined): Scene =>
  base === undefined ? scene : { ...scene, base };

const stateOf = ({ file, text, checklist }: Rules): ConfigState => ({
  kind: "valid",
  checklist,
  commit: shaOf(text),
  file,
});

async function previewReal(
  pr: string,
  rules: Rules | null,
  options: Options,
  terminal: Terminal,
  env: Env,
): Promise<Preview> {
  const asked = readPullName(pr);
  terminal.progress(`Looking at ${pr} …`);
  return doing(`${pr} cannot be looked at`, async () => {
    const as = await access(env, asked, options);
    const instead = rules === null ? null : stateOf(rules);
    const { snapshot, decision, plan } = await observeOnce(as, asked, instead);
    const { config, pull } = snapshot;
    const about = `${pr}: ${pull.title} (${pull.head.ref} into ${pull.base.ref}, by ${pull.author.login})`;
    return previewOf(
      about,
      "file" in config ? config.file : null,
      "checklist" in config ? config.checklist : null,
      decision,
      plan.content,
    );
  });
}
