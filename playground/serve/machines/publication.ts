import type { Stage } from "../../story/stage.ts";
import type { Reporting } from "./machine.ts";

const by = "root";

export const tags = ({ repo }: Stage, name: string): Reporting => ({
  what: `tag ${name}`,
  can: ["make"],
  // Whatever its name, the commit is tagged.
  state: (sha) => {
    const refs = [...(repo.record.refsBySha.get(sha) ?? [])];
    return refs.some((ref) => ref.startsWith("refs/tags/")) ? "success" : "never";
  },
  report: (sha) => repo.tag(name, sha, { by }),
});

export const publishes = ({ repo }: Stage, name: string): Reporting => ({
  what: `release ${name}`,
  can: ["make"],
  state: () => (repo.record.releases.some(({ tag }) => tag === name) ? "success" : "never"),
  report: (sha) => repo.release(name, { by, target: sha }),
});
