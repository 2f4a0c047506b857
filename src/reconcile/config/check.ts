import type { Logger } from "pino";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { Annotation, Write } from "../../domain/write.ts";
import type { Applied } from "../../github/apply.ts";
import { inWords } from "../../github/errors.ts";
import { isConfigPath } from "../../github/read/config.ts";
import { type ConfigRun, findConfigRun } from "../../github/read/config-run.ts";
import { readFiles } from "../../github/read/files.ts";
import { createMemo } from "../../github/read/memo.ts";
import type { Work } from "../../queue/queue.ts";
import { CONFIG_CHECK, type ConfigCheck, configIdOf, renderConfigCheck } from "../../render/config-check.ts";
import type { ObserveContext } from "../observe/context.ts";
import { createSeldom } from "../seldom.ts";
import { readConfigReport } from "./report.ts";

/** Writes the check on a change of the configuration. It tells, and decides nothing: no fault of it is a fault of the look. */
export interface ConfigChecks {
  /** False: it could not be done, and is to be tried again. */
  look(context: ObserveContext, snapshot: Snapshot, work: Work, apply: Apply): Promise<boolean>;
}

type Apply = (write: Write) => Promise<Applied>;

/** Teams, targets and checks that a configuration names come and go without an event for it. */
const longest = 60 * 60_000;
const kept = 500;
const keptPulls = 5_000;
/** GitHub takes no more in one request, and adds those of an update to those that are there. */
const annotationsAtOnce = 50;

interface Known {
  /** What the last one was about. */
  readonly version: string;
  readonly at: number;
  readonly run: ConfigRun | null;
}

export const createConfigChecks = (log: Pick<Logger, "warn">, now: () => number): ConfigChecks => {
  const known = createMemo<Known>(kept);
  /** By pull request, head and base: which files of the configuration are changed. */
  const touched = createMemo<readonly string[]>(keptPulls);
  const isTime = createSeldom(now);

  const check = async (context: ObserveContext, snapshot: Snapshot, work: Work, apply: Apply) => {
    const { pull, repo } = snapshot;
    if (pull.state === "closed") return;
    const name = `${repo.owner}/${repo.name}#${pull.number}`.toLowerCase();
    const key = JSON.stringify([name, pull.head.sha, pull.base.ref]);
    const files = touched.get(key) ?? (await readTouched(context, snapshot));
    touched.set(key, files);
    if (files.length === 0) return;
    const version = JSON.stringify([key, identityOf(snapshot), [...context.targets].sort()]);
    const before = known.get(name);
    if (!work.fresh && before?.version === version && now() - before.at < longest) return;
    const report = await readConfigReport(context, snapshot, files);
    const wanted = report === null ? null : renderConfigCheck(report, snapshot);
    const run =
      wanted === null
        ? null
        : await write(wanted, snapshot, await runOf(context, snapshot, before?.run ?? null), apply);
    known.set(name, { version, at: now(), run });
  };

  return {
    async look(context, snapshot, work, apply) {
      try {
        await check(context, snapshot, work, apply);
        return true;
      } catch (error) {
        const pull = `${snapshot.repo.owner}/${snapshot.repo.name}#${snapshot.pull.number}`;
        const err = inWords(error);
        if (isTime(`${pull} ${String(err)}`))
          log.warn({ pull, err }, "could not check the change of the configuration");
        return false;
      }
    },
  };
};

/** By what was read anyway; else the list of files, which costs a request for each hundred, once for each head. */
async function readTouched(
  { octokit, name, number }: ObserveContext,
  { files, configFiles }: Snapshot,
): Promise<readonly string[]> {
  if (files?.ok) return files.value.paths.filter(isConfigPath);
  if (configFiles) return configFiles;
  const reading = await readFiles(octokit, name, number);
  return reading.ok ? reading.value.paths.filter(isConfigPath) : [];
}

/** What today's configuration is, as far as a comparison with it can change. */
const identityOf = ({ config }: Snapshot): unknown =>
  "commit" in config ? [config.kind, config.file, config.commit, config.also] : config;

async function runOf(
  { octokit, name, app }: ObserveContext,
  { pull }: Snapshot,
  before: ConfigRun | null,
): Promise<ConfigRun | null> {
  if (before?.sha === pull.head.sha) return before;
  return findConfigRun(octokit, name, {
    sha: pull.head.sha,
    appId: app.id,
    check: CONFIG_CHECK,
    id: configIdOf(pull.number),
  });
}

/** Nothing where it says so already. Annotations cannot be taken back: other ones need a run of their own. */
async function write(
  { content, annotations }: ConfigCheck,
  { pull }: Snapshot,
  current: ConfigRun | null,
  apply: Apply,
): Promise<ConfigRun | null> {
  const { externalId } = content;
  const run = (id: number): ConfigRun => ({
    id,
    sha: pull.head.sha,
    externalId,
    annotations: annotations.length,
  });
  const complete = current?.annotations === annotations.length;
  if (current !== null && complete && current.externalId === externalId) return current;
  if (current !== null && complete && annotationsOf(current.externalId) === annotationsOf(externalId)) {
    const updated = await apply({ kind: "update-check", id: current.id, ...content });
    return updated.outcome === "done" ? run(current.id) : current;
  }
  const [first = [], ...more] = batches(annotations);
  const created = await apply({
    kind: "create-check",
    headSha: pull.head.sha,
    ...content,
    annotations: first,
  });
  if (created.outcome !== "done") return current;
  for (const next of more)
    await apply({ kind: "update-check", id: created.id, ...content, annotations: next });
  return run(created.id);
}

/** `config:<pull>:<annotations>:<rest>`. */
const annotationsOf = (externalId: string): string => externalId.split(":")[2] ?? "";

const batches = (annotations: readonly Annotation[]): (readonly Annotation[])[] =>
  Array.from({ length: Math.ceil(annotations.length / annotationsAtOnce) }, (_, index) =>
    annotations.slice(index * annotationsAtOnce, (index + 1) * annotationsAtOnce),
  );
