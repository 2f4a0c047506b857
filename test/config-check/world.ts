import { createWorld, type Opening, type Pull, type World, type WorldOptions } from "../scenario/world.ts";

export const path = ".github/release.yml";

/** What stands on the default branch before anybody changes it. */
export const today = `checklist:
  release:
    - base: main
      head: release/**
    - base: production
  items:
    - id: ci
      title: CI is green
      check: { workflow: ci.yml }
    - id: rollback
      title: Rollback plan confirmed
      questions: { code: How do we revert the code? }
      signers: { from: "@acme/sre" }
`;

/** `NOTIFICATION_TARGETS` of the server. */
export const targets = JSON.stringify({
  acme: { stakeholders: { type: "webhook", url: "https://hooks.test/x", secret: "s" } },
});

/** A repository with the checklist of today, a workflow, an environment and a target. */
export const createConfigWorld = (options: WorldOptions = {}): World => {
  const world = createWorld({
    config: today,
    targets,
    ...options,
    files: { ".github/workflows/ci.yml": "on: push\n", ...options.files },
  });
  world.repo.deploy("main", { environment: "staging", by: "root" });
  return world;
};

/** Opens a pull request that changes the file; null deletes it. */
export async function change(world: World, text: string | null, opening: Opening = {}): Promise<Pull> {
  const { by = "alice", head = "rules", base = "main", files = {} } = opening;
  const what = text === null ? { files, deletes: [path] } : { files: { ...files, [path]: text } };
  world.repo.push(head, { ...what, by });
  return world.act(() => world.repo.openPull({ by, head, base, title: "Change the rules" }));
}

export interface Shown {
  readonly conclusion: string | null;
  readonly title: string;
  readonly summary: string;
  /** `path:line level: message`. */
  readonly annotations: readonly string[];
}

/** The check on the change of the configuration; null: there is none. */
export function shown(world: World, pull: Pull): Shown | null {
  const run = world.repo.checkRuns(pull.headSha, "Release checklist config").at(-1);
  if (run === undefined) return null;
  const { title, summary } = run.record.output;
  return {
    conclusion: run.conclusion,
    title: title ?? "",
    summary: summary ?? "",
    annotations: run.record.annotations.map(
      ({ path, start_line, annotation_level, message }) =>
        `${path}:${start_line} ${annotation_level}: ${message}`,
    ),
  };
}

/** All that a person reads, but for the foot line. */
export function words(world: World, pull: Pull): string {
  const check = shown(world, pull);
  if (check === null) return "no check";
  const summary = check.summary.replace(/<sub>.*<\/sub>/s, "").trimEnd();
  return [`${check.conclusion}: ${check.title}`, "", summary, "", ...check.annotations].join("\n").trimEnd();
}
