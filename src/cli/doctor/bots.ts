import type { Checklist } from "../../domain/config/checklist.ts";
import { matchRelease } from "../../domain/release.ts";
import { type Diagnosis, note } from "./diagnosis.ts";
import type { Patient } from "./patient.ts";

const rewriters: readonly { readonly head: RegExp; readonly name: string }[] = [
  { head: /^release-please--/, name: "release-please" },
  { head: /^changeset-release\//, name: "changesets" },
];

/** Whether a bot rewrites the descriptions that hold the checklist. Nothing is wrong then, but people wonder. */
export function diagnoseBots({ recent, defaultBranch }: Patient, checklist: Checklist): Diagnosis[] {
  const releases = recent.pulls.filter(
    ({ base, head, labels }) =>
      matchRelease(checklist.release, { base, head, labels, defaultBranch }).release,
  );
  const tools = rewriters.filter(({ head }) => releases.some((pull) => head.test(pull.head)));
  const known = tools.map(({ name, head }) => {
    const numbers = releases.filter((pull) => head.test(pull.head)).map(({ number }) => `#${number}`);
    return note(
      "bots",
      `${name} rewrites the description of its release pull requests (${numbers.join(", ")}). The checklist is put back, and no tick is lost; sign-offs end when the content changes, unless an item says dismiss-stale: false.`,
    );
  });
  const others = releases.filter(
    ({ author, head }) => author?.kind === "bot" && !rewriters.some((tool) => tool.head.test(head)),
  );
  return [
    ...known,
    ...others.map(({ author, number }) =>
      note(
        "bots",
        `${author?.login} opens release pull requests (#${number}); where it rewrites their description, the checklist is put back.`,
      ),
    ),
  ];
}
