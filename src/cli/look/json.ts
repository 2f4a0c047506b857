import type { Decision } from "../../domain/decision.ts";
import type { ConfigState } from "../../domain/snapshot.ts";
import type { Observed } from "./observe-once.ts";
import { plannedWrites } from "./writes.ts";

/** The look for other programs. */
export function asJson(observed: Observed): string {
  const { snapshot, decision, plan } = observed;
  const { repo, pull, app, own } = snapshot;
  return JSON.stringify(
    {
      pull: {
        repository: `${repo.owner}/${repo.name}`,
        number: pull.number,
        title: pull.title,
        author: pull.author.login,
        state: pull.merged ? "merged" : pull.state,
        head: pull.head,
        base: pull.base,
      },
      app: { id: app.id, slug: app.slug, version: app.version },
      config: configOf(snapshot.config),
      ledger: own.ledger,
      decision: decisionOf(decision),
      check: plan.content && { conclusion: plan.content.conclusion, title: plan.content.title },
      writes: plannedWrites(observed),
    },
    null,
    2,
  );
}

function configOf(config: ConfigState): object {
  return {
    kind: config.kind,
    ...("file" in config ? { file: config.file } : {}),
    ...("commit" in config ? { commit: config.commit } : {}),
    ...("findings" in config ? { findings: config.findings } : {}),
    ...("problem" in config ? { problem: config.problem } : {}),
  };
}

function decisionOf(decision: Decision): object {
  switch (decision.kind) {
    case "nothing":
      return { kind: decision.kind, why: decision.why };
    case "pass":
      return { kind: decision.kind, title: decision.title, summary: decision.summary };
    case "stuck":
      return { kind: decision.kind, reasons: decision.reasons };
    case "unable":
      return { kind: decision.kind, problem: decision.problem };
    case "release":
      return {
        kind: decision.kind,
        verdict: decision.verdict,
        trial: decision.config.evaluate,
        items: decision.items.map(({ item, state, summary, evidence, notes }) => ({
          id: item.id,
          title: item.title,
          kind: item.kind,
          required: item.required,
          state,
          summary,
          evidence,
          notes,
        })),
        reasons: decision.reasons,
        remarks: decision.remarks,
      };
  }
}
