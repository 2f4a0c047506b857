import type { Actor } from "../../src/domain/actor.ts";
import type { CheckContext } from "../../src/domain/checks/context.ts";
import { decideCheck } from "../../src/domain/checks/decide.ts";
import type {
  CheckFacts,
  CheckRun,
  CheckSuite,
  CommitStatus,
  WorkflowRun,
} from "../../src/domain/checks/facts.ts";
import type { CheckRef } from "../../src/domain/config/checklist.ts";

export const head = "abc1234abc1234abc1234abc1234abc1234abc123";

export const person = (login: string): Actor => ({ login, kind: "person" });
export const bot = (login: string): Actor => ({ login, kind: "bot" });

/** A completed, successful run of GitHub Actions, but for what is given. */
export const run = (name: string, more: Partial<CheckRun> = {}): CheckRun => ({
  id: 1,
  name,
  app: "github-actions",
  suite: 10,
  status: "completed",
  conclusion: more.status === undefined || more.status === "completed" ? "success" : null,
  url: `https://github.test/runs/${more.id ?? 1}`,
  ...more,
});

export const suite = (id: number, more: Partial<CheckSuite> = {}): CheckSuite => ({
  id,
  app: "github-actions",
  status: "completed",
  conclusion: "success",
  runs: 1,
  ...more,
});

export const status = (context: string, more: Partial<CommitStatus> = {}): CommitStatus => ({
  context,
  state: "success",
  creator: bot("ci-app[bot]"),
  description: "",
  url: `https://ci.test/${more.id ?? 1}`,
  id: 1,
  ...more,
});

export const workflow = (file: string, more: Partial<WorkflowRun> = {}): WorkflowRun => ({
  id: 100,
  path: `.github/workflows/${file}`,
  name: file.replace(/\.ya?ml$/, "").toUpperCase(),
  suite: 10,
  status: "completed",
  conclusion: more.status === undefined || more.status === "completed" ? "success" : null,
  attempt: 1,
  number: 1,
  url: `https://github.test/actions/${more.id ?? 100}`,
  ...more,
});

export const facts = (more: Partial<CheckFacts>): CheckFacts => ({
  runs: [],
  suites: [],
  statuses: [],
  workflows: [],
  ...more,
});

export const ref = (more: Partial<CheckRef>): CheckRef => ({ accept: ["success"], by: [], ...more });

export const context = (more: Partial<CheckContext> = {}): CheckContext => ({
  ownApp: "release-checklist",
  headSha: head,
  pullAuthor: person("alice"),
  ...more,
});

export const decide = (
  wanted: Partial<CheckRef>,
  found: Partial<CheckFacts>,
  more: Partial<CheckContext> = {},
) => decideCheck(ref(wanted), facts(found), context(more));

/** An outcome as a few lines to read in a test. */
export function told(...args: Parameters<typeof decide>): string {
  const { state, summary, diagnosis, caution, evidence } = decide(...args);
  const links = evidence.map(({ label, url }) => `  ${label} -> ${url}`);
  return [`${state}: ${summary}`, diagnosis, caution && `! ${caution}`, ...links].filter(Boolean).join("\n");
}
