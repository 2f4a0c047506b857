import { inWords } from "../github/errors.ts";
import { createComparisons } from "../github/read/compare.ts";
import { createCommitMemo } from "../github/read/pull.ts";
import { createRequired } from "../github/read/required.ts";
import { targetsFor } from "../notify/targets.ts";
import { keyOf, type Look } from "../queue/queue.ts";
import { createClaim } from "./announce/claim.ts";
import { closeAfterLongFailure } from "./close.ts";
import { createConfigChecks } from "./config/check.ts";
import { lookUntilWritten } from "./look-once.ts";
import type { LookOptions } from "./look-options.ts";
import { isMoot } from "./memory/interest.ts";
import type { ObserveContext } from "./observe/context.ts";
import { createTeller } from "./teller.ts";

/** The look at one pull request, always the same: observe, decide, render, plan, apply. */
export function createLook(options: LookOptions): Look {
  const { memory, metrics, people, configs, log } = options;
  const commits = createCommitMemo();
  const comparisons = createComparisons();
  const required = createRequired(options.now);
  const teller = createTeller(log, options.now);
  const configChecks = createConfigChecks(log, options.now);
  return async (key, work, later) => {
    const name = keyOf(key);
    if (options.lock === null && isMoot(name, work, memory)) return { again: null };
    const started = options.now();
    const octokit = options.client(key.installation);
    const { id, slug } = await options.identity();
    const targets = targetsFor(options.targets, key.owner);
    const context: ObserveContext = {
      octokit,
      name: { owner: key.owner, repo: key.repo },
      number: key.number,
      app: { id, slug, version: options.version },
      targets: new Set(targets.keys()),
      people,
      configs,
      required,
      commits,
      comparisons,
      now: options.now,
      started,
    };
    const facts = options.lock === null ? memory.facts(name) : null;
    const claim = createClaim(options.lock, name);
    memory.note(name, { key });
    memory.begin(name);
    try {
      const { value, requests } = await metrics.countRequests(() =>
        lookUntilWritten({ context, key, work, later, facts, targets, claim, options, teller, configChecks }),
      );
      const ended = options.now();
      memory.note(name, { failingSince: null });
      metrics.look("done", ended - started);
      metrics.lag(ended - work.since);
      log.info(
        { pull: name, why: value.work.why, ...value.summary, requests, ms: ended - started },
        "looked",
      );
      return value.result;
    } catch (error) {
      metrics.look("failed", options.now() - started);
      const failure = { name, key, octokit, memory, now: options.now(), app: { id, slug } };
      if (await closeAfterLongFailure(failure).catch(() => false))
        log.warn({ pull: name }, "closed the gate: GitHub could not be read for ten minutes");
      throw inWords(error);
    } finally {
      await claim.release();
      memory.end(name);
    }
  };
}
