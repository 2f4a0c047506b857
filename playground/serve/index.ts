import { once } from "node:events";
import { worldChoices } from "./choices.ts";
import { servePage } from "./server.ts";

export interface PageOptions {
  readonly print: (line: string) => void;
  /** Ends everything. */
  readonly stopped: AbortSignal;
  /** 0 takes a free port. */
  readonly port: number;
}

/** Long enough to read two lines. */
const pace = { reading: 2_200, deadline: 15_000 };

/** Shows the page until it is stopped. Everything that it starts has ended when it returns. */
export async function playOnPage({ print, stopped, port }: PageOptions): Promise<void> {
  const server = await servePage(port, { pace });
  print(`The playground is at ${server.url}. Ctrl+C ends it.`);
  void server.session.start(worldChoices[0].name);
  if (!stopped.aborted) await once(stopped, "abort");
  await server.close();
}
