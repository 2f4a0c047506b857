import { once } from "node:events";
import { worldChoices } from "./choices.ts";
import { servePage } from "./server.ts";
import type { PageWorld } from "./world.ts";

export interface PageOptions {
  readonly print: (line: string) => void;
  /** Ends everything. */
  readonly stopped: AbortSignal;
  /** 0 takes a free port. */
  readonly port: number;
}

/** Long enough to read two lines. */
const pace = { reading: 2_200, deadline: 15_000 };

/** What leads the admin's tools to this GitHub, as somebody who administers the repository there. */
function commandLine({ github, stage }: PageWorld): string {
  const { fullName } = stage.repo;
  const env = `GHE_HOST=${new URL(github).host} GHE_PROTOCOL=http GITHUB_TOKEN=${stage.github.tokenFor("root")}`;
  return `Ask its GitHub from the command line, after "npm run build":\n  ${env} npx release-checklist doctor ${fullName}`;
}

/** Shows the page until it is stopped. Everything that it starts has ended when it returns. */
export async function playOnPage({ print, stopped, port }: PageOptions): Promise<void> {
  const server = await servePage(port, { pace, started: (world) => print(commandLine(world)) });
  print(`The playground is at ${server.url}. Ctrl+C ends it.`);
  void server.session.start(worldChoices[0].name);
  if (!stopped.aborted) await once(stopped, "abort");
  await server.close();
}
