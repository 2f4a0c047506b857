import type { Finding } from "../../domain/config/finding.ts";
import { lineOf } from "../../domain/config/line-of.ts";
import type { ReadConfig } from "../../domain/config/read.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { configPaths } from "../../github/read/config.ts";
import { NoText, readSource, type SourceFile } from "../../github/read/source.ts";
import type { ConfigAfter, ConfigReport } from "../../render/config-check.ts";
import type { ObserveContext } from "../observe/context.ts";
import { readAround } from "./around.ts";

/** One of the places of a configuration, as it is on the head. */
interface Place {
  readonly path: string;
  /** Null: there is no such file. */
  readonly source: SourceFile | null;
  readonly meaning: ReadConfig;
}

/** What the head makes of the configuration; null: there is no checklist in what it changes, neither before nor after. */
export async function readConfigReport(
  context: ObserveContext,
  snapshot: Snapshot,
  touched: readonly string[],
): Promise<ConfigReport | null> {
  const places = await Promise.all(configPaths.map((path) => readPlace(context, snapshot, path)));
  const counting = places.find(({ meaning }) => meaning.kind !== "none");
  const changed = places.filter(({ path }) => touched.includes(path));
  const findings = [
    ...changed.flatMap(({ meaning }) => meaning.findings),
    ...changed.flatMap((place) => unread(place, counting)),
    ...(counting !== undefined && changed.includes(counting)
      ? await around(context, snapshot, counting)
      : []),
  ].toSorted((a, b) => a.line - b.line || a.column - b.column);
  const concerned = changed.some(({ meaning }) => meaning.kind !== "none") || findings.length > 0;
  if (!concerned && !heldToday(snapshot, touched)) return null;
  const anchors = new Map(
    changed.map(({ path, source }) => [path, source === null ? 1 : lineOf(source.text, "extends")]),
  );
  return { findings, anchors, after: await afterOf(context, snapshot, counting) };
}

/** Whether one of these files is what decides today. */
const heldToday = ({ config }: Snapshot, touched: readonly string[]): boolean =>
  "file" in config && touched.includes(config.file);

async function readPlace(
  { octokit, name, configs }: ObserveContext,
  { pull, repo }: Snapshot,
  path: string,
): Promise<Place> {
  try {
    const source = await readSource(octokit, { repo: name, path, ref: pull.head.sha, label: path });
    const meaning: ReadConfig =
      source === null ? { kind: "none", findings: [] } : await configs.interpret(octokit, repo, source);
    return { path, source, meaning };
  } catch (error) {
    if (!(error instanceof NoText)) throw error;
    const message = `${error.message}: a file of at most 64 KiB was expected`;
    const finding: Finding = { severity: "error", file: path, line: 1, column: 1, key: "", message };
    return { path, source: null, meaning: { kind: "broken", findings: [finding] } };
  }
}

/** The first file with the key counts: what stands in the other one is lost on everybody. */
function unread({ path, source, meaning }: Place, counting: Place | undefined): Finding[] {
  if (counting === undefined || counting.path === path || meaning.kind === "none") return [];
  const line = source === null ? 1 : lineOf(source.text, null);
  const message = `This is not read: ${counting.path} has a "checklist" as well, and comes first`;
  return [{ severity: "warning", file: path, line, column: 1, key: "checklist", message }];
}

async function around(
  { octokit, name, app, targets }: ObserveContext,
  { pull: { head, base } }: Snapshot,
  { source, meaning }: Place,
): Promise<Finding[]> {
  if (source === null || meaning.kind !== "valid") return [];
  return readAround(octokit, name, source, { head: head.sha, base, appId: app.id, targets });
}

async function afterOf(
  { octokit, configs }: ObserveContext,
  { repo }: Snapshot,
  counting: Place | undefined,
): Promise<ConfigAfter> {
  if (counting?.meaning.kind === "valid")
    return { kind: "valid", file: counting.path, checklist: counting.meaning.checklist };
  if (counting !== undefined) return { kind: "broken", file: counting.path };
  const isShared = repo.name === ".github";
  return { kind: "none", shared: isShared ? { kind: "none" } : await configs.shared(octokit, repo.owner) };
}
