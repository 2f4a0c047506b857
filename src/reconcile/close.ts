import { applyWrite } from "../github/apply.ts";
import type { Octokit } from "../github/client.ts";
import type { PullKey } from "../queue/queue.ts";
import type { Memory } from "./memory/memory.ts";

/** How long a verdict may outlive the facts while they cannot be read. */
const longest = 10 * 60_000;

export interface LongFailure {
  readonly name: string;
  readonly key: PullKey;
  readonly octokit: Octokit;
  readonly memory: Memory;
  readonly now: number;
  readonly app: { readonly id: number; readonly slug: string };
}

/**
 * Closes a gate that stands open although GitHub could not be read for ten minutes: where reading fails, writing
 * may still work. The next look that succeeds repairs it. Gives whether the gate was closed.
 */
export async function closeAfterLongFailure({
  name,
  key,
  octokit,
  memory,
  now,
  app,
}: LongFailure): Promise<boolean> {
  const { failingSince, verdict } = memory.of(name);
  if (failingSince === null) {
    memory.note(name, { failingSince: now });
    return false;
  }
  if (now - failingSince < longest || verdict === null || verdict.content.conclusion !== "success")
    return false;
  const content = {
    ...verdict.content,
    conclusion: "failure" as const,
    title: "Blocked: GitHub could not be read for ten minutes",
    summary:
      "The app could not read what this verdict rests on for ten minutes, so the gate is closed. It looks again by itself and repairs this.",
  };
  const repo = { owner: key.owner, repo: key.repo };
  const applied = await applyWrite(
    { octokit, repo, app },
    { kind: "update-check", id: verdict.id, ...content },
  );
  if (applied.outcome !== "done") return false;
  memory.note(name, { verdict: { id: verdict.id, content } });
  return true;
}
