import type { Command } from "commander";
import { readConfig } from "../domain/config/read.ts";
import type { ConfigState } from "../domain/snapshot.ts";
import { plan } from "../reconcile/plan.ts";
import { builtInTemplates } from "../templates.ts";
import { Cannot, doing } from "./cannot.ts";
import { command } from "./command.ts";
import { type ConfigFile, readConfigFile } from "./config-file.ts";
import type { Env } from "./connect.ts";
import { showFinding } from "./findings.ts";
import { defaultBranchOf, gitIn } from "./git.ts";
import { access } from "./look/access.ts";
import { observeOnce } from "./look/observe-once.ts";
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
  if (file !== null && hasMistakes(file, options, terminal)) return terminal.exit(1);
  const shown =
    pr === undefined ? previewInvented(file, options) : await previewReal(pr, file, options, terminal, env);
  terminal.out(
    options.json === true ? JSON.stringify(shown, null, 2) : asText(shown, painter(terminal.colours)),
  );
  terminal.exit(0);
}

/** Prints the mistakes, as `validate` does. */
function hasMistakes({ file, text }: ConfigFile, { json }: Options, terminal: Terminal): boolean {
  const config = readConfig(text, file, builtInTemplates());
  if (config.kind === "none") throw new Cannot(`${file} has no "checklist": there is nothing to show.`);
  if (config.kind === "valid") return false;
  const { findings } = config;
  terminal.out(
    json === true
      ? JSON.stringify({ file, kind: config.kind, findings }, null, 2)
      : findings.map((finding) => showFinding(finding, text, terminal.colours)).join("\n\n"),
  );
  return true;
}

function previewInvented(file: ConfigFile | null, { workingCopy, base }: Options): Preview {
  if (file === null) throw new Error("without a pull request there is a file");
  const { checklist } = checklistOf(file);
  const scene: Scene =
    workingCopy === true
      ? sceneOfWorkingCopy(".", base)
      : withBase(inventScene(checklist, defaultBranchOf(gitIn("."))), base);
  const { snapshot, decision } = decideInvented(scene, file, checklist, Date.now());
  const { content } = plan(decision, snapshot);
  return previewOf(
    `${scene.head} into ${scene.base}: ${scene.about}`,
    file.file,
    checklist,
    decision,
    content,
  );
}

const withBase = (scene: Scene, base: string | undefined): Scene =>
  base === undefined ? scene : { ...scene, base };

function checklistOf({ file, text }: ConfigFile) {
  const config = readConfig(text, file, builtInTemplates());
  if (config.kind !== "valid") throw new Error("only a valid file is shown");
  return config;
}

const stateOf = (file: ConfigFile): ConfigState => {
  const { checklist } = checklistOf(file);
  return { kind: "valid", checklist, commit: shaOf(file.text), file: file.file };
};

async function previewReal(
  pr: string,
  file: ConfigFile | null,
  options: Options,
  terminal: Terminal,
  env: Env,
): Promise<Preview> {
  const asked = readPullName(pr);
  terminal.progress(`Looking at ${pr} …`);
  return doing(`${pr} cannot be looked at`, async () => {
    const as = await access(env, asked, options);
    const instead = file === null ? null : stateOf(file);
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
