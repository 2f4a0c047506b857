import { isEnvironmentGlob, namesEnvironment } from "../../deployments/environment.ts";
import { matcher } from "../../glob.ts";
import type { Read } from "../../problem.ts";
import type { Finding } from "../finding.ts";
import { located } from "../locate.ts";
import { didYouMean } from "../nearest.ts";
import type { Trouble } from "../trouble.ts";
import { oneOf, quoted } from "../words.ts";
import { parseYaml } from "../yaml/tree.ts";
import { type Mention, mentionsIn } from "./mentions.ts";
import type { SeenChecks, Surroundings } from "./surroundings.ts";

/** Names in a valid file that mean nothing here: what only GitHub or the server can tell. */
export function findAround(text: string, file: string, around: Surroundings): Finding[] {
  const root = rootOf(text);
  if (root === undefined) return [];
  const troubles = mentionsIn(root).flatMap((mention) => {
    const found = ofMention(mention, around);
    return found === null ? [] : [{ path: mention.path, ...found }];
  });
  return located(troubles, { file, text, root });
}

/** What a file names: to be asked before {@link findAround} can tell. */
export function namedIn(text: string): Mention[] {
  const root = rootOf(text);
  return root === undefined ? [] : mentionsIn(root);
}

function rootOf(text: string) {
  const parsed = parseYaml(text);
  return parsed.kind === "documents" && parsed.documents.length === 1 ? parsed.documents[0] : undefined;
}

type Found = Pick<Trouble, "message" | "severity"> | null;

function ofMention({ kind, name }: Mention, around: Surroundings): Found {
  switch (kind) {
    case "team":
      return ofTeam(name, around);
    case "target":
      return ofTarget(name, around);
    case "environment":
      return ofEnvironment(name, around.environments);
    case "workflow":
      return ofWorkflow(name, around.workflows);
    case "check":
      return ofCheck(name, around.checks);
  }
}

function ofTeam(name: string, { teams, owner }: Surroundings): Found {
  const there = teams.get(name);
  if (there === undefined) return null;
  const team = quoted(`@${name}`);
  if (!there.ok) return unseen(`there is a team ${team}`, there);
  if (there.value) return null;
  // Of another organisation an installation sees nothing.
  const [org = ""] = name.split("/");
  return org.toLowerCase() === owner.toLowerCase()
    ? {
        message: `There is no team ${team}, or it is secret and the app may not see it: nobody could sign as its member`,
      }
    : {
        severity: "warning",
        message: `Whether there is a team ${team} cannot be seen: it belongs to another organisation than ${owner}`,
      };
}

function ofTarget(name: string, { targets, owner }: Surroundings): Found {
  if (targets === null || targets.has(name)) return null;
  const known = [...targets].sort();
  const hint =
    didYouMean(name, known) ||
    (known.length === 0
      ? ": it knows none, so ask whoever runs the app"
      : `: it knows ${oneOf(known).replace(/ or /, " and ")}`);
  return { message: `The server knows no target ${quoted(name)} for ${owner}${hint}` };
}

function ofEnvironment(name: string, environments: Surroundings["environments"]): Found {
  if (environments === null) return null;
  if (!environments.ok) return unseen(`there is an environment ${quoted(name)}`, environments);
  const there = environments.value;
  if (there.some((one) => namesEnvironment(name, one))) return null;
  const known =
    there.length === 0
      ? ": the repository has none"
      : didYouMean(name, there) || `: there is ${oneOf(there.slice(0, 10)).replace(/ or /, " and ")}`;
  return {
    message: isEnvironmentGlob(name)
      ? `No environment matches ${quoted(name)}${known}`
      : `There is no environment ${quoted(name)}${known}`,
  };
}

function ofWorkflow(name: string, workflows: Surroundings["workflows"]): Found {
  if (workflows === null) return null;
  const file = name.replace(/^\.github\/workflows\//, "");
  if (!workflows.ok) return unseen(`there is a workflow file ${quoted(file)}`, workflows);
  if (workflows.value.includes(file)) return null;
  return {
    severity: "warning",
    message: `There is no workflow file ${quoted(file)} in .github/workflows here${didYouMean(file, workflows.value)}`,
  };
}

function ofCheck(name: string, checks: Read<SeenChecks> | null): Found {
  if (checks === null) return null;
  if (!checks.ok) return unseen(`there is a check ${quoted(name)}`, checks);
  const { names, pulls, base } = checks.value;
  if ([...names].some(matcher([name], "name"))) return null;
  const where =
    pulls === 0
      ? `on ${base}`
      : `on ${base} or the last ${pulls === 1 ? "" : `${pulls} `}pull request${pulls === 1 ? "" : "s"}`;
  return {
    severity: "warning",
    message: `No check ${quoted(name)} was seen ${where}${didYouMean(name, names)}: until one reports, the item waits`,
  };
}

const unseen = (what: string, { problem }: Extract<Read<unknown>, { ok: false }>): Found => ({
  severity: "warning",
  message: `Whether ${what} cannot be seen: ${problem.why}`,
});
