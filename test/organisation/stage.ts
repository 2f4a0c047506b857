import type { createWorld, Pull, World } from "../scenario/world.ts";

export type Repo = World["repo"];
export type Options = Parameters<typeof createWorld>[0];

export const ownPath = ".github/release.yml";

/** Another repository with the app on it. */
export function repository(world: World, name: string, files: Record<string, string>): Repo {
  const repo = world.github.repo(name, {
    files: { "README.md": `# ${name}\n`, ...files },
    collaborators: { alice: "write", bob: "write", root: "admin" },
  });
  repo.installApp(world.app);
  return repo;
}

/** The organisation's repository with its configuration. */
export const organisation = (world: World, config: string): Repo =>
  repository(world, "acme/.github", { [ownPath]: config });

export function push(world: World, repo: Repo, files: Record<string, string>): Promise<string> {
  return world.act(() => repo.push("main", { by: "root", files }));
}

/** A pull request in any repository. */
export function openIn(world: World, repo: Repo, head = "release/1"): Promise<Pull> {
  repo.push(head, { files: { "a.txt": "a\n" }, by: "alice" });
  return world.act(() => repo.openPull({ by: "alice", head, base: "main", title: "Release 1.0" }));
}

/** The app's check on a pull request of any repository: `failure: Blocked: …`. */
export function checkIn(repo: Repo, pull: Pull): string {
  const run = repo.checkRuns(pull.headSha, "Release checklist: main").at(-1);
  return run === undefined ? "none" : `${run.conclusion}: ${run.record.output.title}`;
}

export const footOf = (summary: string): string => /<sub>(.*)<\/sub>/s.exec(summary)?.[1] ?? "";
