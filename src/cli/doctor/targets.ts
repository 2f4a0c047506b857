import type { Checklist } from "../../domain/config/checklist.ts";
import { type Target, targetsFor } from "../../notify/targets.ts";
import { type Diagnosis, fine, problem, unseen, warning } from "./diagnosis.ts";
import type { Patient } from "./patient.ts";

/** How long an address may take to answer, in milliseconds. */
const patience = 5_000;

/** Whether the targets that announcements go to are known, and their hosts answer. Nothing is posted. */
export async function diagnoseTargets(
  { targets, owner }: Patient,
  { items }: Checklist,
): Promise<Diagnosis[]> {
  const named = new Set(
    items.flatMap((item) =>
      item.kind === "notify" ? item.to.flatMap((to) => (to.type === "target" ? [to.name] : [])) : [],
    ),
  );
  if (named.size === 0) return [];
  if (targets === null)
    return [
      unseen(
        "targets",
        `Announcements go to ${[...named].join(", ")}, and NOTIFICATION_TARGETS is not set here.`,
        "Run this with NOTIFICATION_TARGETS as the server has it.",
      ),
    ];
  const known = targetsFor(targets, owner);
  const found = await Promise.all([...named].map((name) => diagnoseTarget(name, known, owner)));
  return found;
}

async function diagnoseTarget(
  name: string,
  known: ReadonlyMap<string, Target>,
  owner: string,
): Promise<Diagnosis> {
  const target = known.get(name);
  if (target === undefined)
    return problem(
      "targets",
      `The server knows no target ${name} for ${owner}, so nothing can be announced there.`,
      known.size === 0
        ? `It knows none for ${owner}: add it to NOTIFICATION_TARGETS.`
        : `It knows: ${[...known.keys()].join(", ")}.`,
    );
  // The address itself is the right to post: only its host is asked, and only its host is shown.
  const { origin, host } = new URL("url" in target ? target.url : (target.apiUrl ?? "https://slack.com/"));
  const answers = await fetch(origin, {
    method: "HEAD",
    redirect: "manual",
    signal: AbortSignal.timeout(patience),
  }).then(
    () => true,
    () => false,
  );
  return answers
    ? fine(
        "targets",
        `The target ${name} is known (${target.type}), and ${host} answers. Nothing was posted.`,
      )
    : warning(
        "targets",
        `The target ${name} is known (${target.type}), but ${host} does not answer from here.`,
        "Look at the network from the server's place; this machine may differ.",
      );
}
