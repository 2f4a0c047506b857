import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { readConfig } from "../domain/config/read.ts";
import { readSource } from "../github/read/source.ts";
import { builtInTemplates } from "../templates.ts";
import { Cannot, doing, inWords } from "./cannot.ts";
import { command } from "./command.ts";
import { usualFiles } from "./config-file.ts";
import { clientFor, connect, type Env, hasCredentials } from "./connect.ts";
import { compose } from "./init/compose.ts";
import { readFromGitHub, readSettings } from "./init/from-github.ts";
import { type Placed, place } from "./init/place.ts";
import { recognise } from "./init/recognise.ts";
import type { Repository, Shape } from "./init/shape.ts";
import { told } from "./init/told.ts";
import { readWorkingCopy } from "./init/working-copy.ts";
import { painter } from "./paint.ts";
import { readRepoName } from "./pull-name.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  readonly dir?: string;
  readonly print?: boolean;
  readonly json?: boolean;
}

const [file] = usualFiles;

export function initCommand(terminal: Terminal, env: Env): Command {
  return command("init", {
    summary: "write a configuration that fits the repository",
    description: `Looks at a repository and writes a commented ${file} that fits it. Never overwrites.`,
    notes: [
      `It looks at workflows, environments, migrations, branches, release-please and changesets, CODEOWNERS and required
checks. Without [repository] it looks at the working copy in --dir, and asks GitHub for environments and required checks
where there is a token. With [repository] everything is read from GitHub, and the file is printed unless --dir tells
where to write it.`,
      `A file that is there already keeps every byte: the key "checklist" is added at its end. Where there is one, nothing is
written.`,
    ],
    asksGitHub: true,
    exits: [
      "the file was written or printed",
      null,
      "it could not be: there is a checklist already, or something cannot be read",
    ],
    examples: ["init", "init --dir ../shop", "init acme/shop > release.yml", "init acme/shop --dir ."],
    json: "print one JSON object: file, written, found, text",
  })
    .argument("[repository]", "the repository on GitHub, as owner/repo")
    .option("--dir <directory>", "the working copy; default: here")
    .option("--print", "print the file, write nothing")
    .action((repository: string | undefined, options: Options) => init(repository, options, terminal, env));
}

interface Found {
  readonly repository: Repository;
  /** `acme/shop`; null: not known. */
  readonly fullName: string | null;
  /** What stands on the default branch, where there is no working copy. */
  readonly before: string | null;
}

async function init(
  asked: string | undefined,
  options: Options,
  terminal: Terminal,
  env: Env,
): Promise<void> {
  const { fullName, repository, before } =
    asked === undefined
      ? await fromWorkingCopy(options.dir ?? ".", terminal, env)
      : await fromGitHub(asked, terminal, env);
  const directory = asked === undefined ? (options.dir ?? ".") : options.dir;
  const shape = recognise(repository);
  const writes = directory !== undefined && options.print !== true;
  const there = directory === undefined ? before : textIn(directory);
  // What would be written is shown even where something stands already.
  const placed = place(
    file,
    options.print === true && isConfigured(there) ? null : there,
    compose(shape, [...builtInTemplates().keys()]),
  );
  if (writes) write(directory, there, placed);
  report({ shape, placed, fullName, writes, path: join(directory ?? ".", file) }, options, terminal);
  terminal.exit(0);
}

async function fromGitHub(asked: string, terminal: Terminal, env: Env): Promise<Found> {
  const name = readRepoName(asked);
  terminal.progress(`Looking at ${asked} …`);
  return doing(`${asked} cannot be looked at`, async () => {
    const octokit = await clientFor(await connect(env), name);
    const repository = await readFromGitHub(octokit, name);
    const source = await readSource(octokit, { repo: name, path: file, ref: null, label: file });
    return { repository, fullName: asked, before: source?.text ?? null };
  });
}

async function fromWorkingCopy(directory: string, terminal: Terminal, env: Env): Promise<Found> {
  const copy = readWorkingCopy(directory, env.GHE_HOST?.trim() || "github.com");
  const { fullName } = copy;
  if (fullName === null || !hasCredentials(env)) return { repository: copy, fullName, before: null };
  terminal.progress(`Asking GitHub about ${fullName} …`);
  try {
    const name = readRepoName(fullName);
    const settings = await readSettings(await clientFor(await connect(env), name), name, copy.defaultBranch);
    return { repository: { ...copy, ...settings }, fullName, before: null };
  } catch (error) {
    terminal.err(`GitHub was not asked about ${fullName}: ${inWords(error)}.`);
    return { repository: copy, fullName, before: null };
  }
}

const isConfigured = (text: string | null): boolean =>
  text !== null && readConfig(text, file, builtInTemplates()).kind !== "none";

/** Null: there is no file. Another one of ours is refused: it would be taken out of force. */
function textIn(directory: string): string | null {
  const [own, other] = usualFiles.map((path) => {
    try {
      return readFileSync(join(directory, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw new Cannot(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
    }
  });
  if (other && isConfigured(other.toString("utf8")))
    throw new Cannot(
      `${usualFiles[1]} holds the checklist of this repository already, and ${file} would go before it.`,
    );
  if (!own) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(own);
  } catch {
    throw new Cannot(`${file} is no UTF-8 text. Repair that first.`);
  }
}

/** Neither way can take away what stands there, even if it came a moment ago. */
function write(directory: string, before: string | null, { addition }: Placed): void {
  const path = join(directory, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (before === null) writeFileSync(path, addition, { flag: "wx" });
    else appendFileSync(path, addition);
  } catch (error) {
    throw new Cannot(`${path} cannot be written: ${(error as NodeJS.ErrnoException).code}`);
  }
}

interface Result {
  readonly shape: Shape;
  readonly placed: Placed;
  readonly fullName: string | null;
  readonly writes: boolean;
  /** Where the file stands, or would stand, from here. */
  readonly path: string;
}

function report(
  { shape, placed, fullName, writes, path }: Result,
  { json }: Options,
  terminal: Terminal,
): void {
  const { text, config } = placed;
  if (json === true) {
    terminal.out(JSON.stringify({ file, written: writes, found: shape, text }, null, 2));
    return;
  }
  if (!writes) terminal.out(text.trimEnd());
  const items = config.checklist.items.length;
  const summary = told({ shape, items, file: path, fullName, writes }, painter(terminal.colours && writes));
  (writes ? terminal.out : terminal.err)(summary);
}
