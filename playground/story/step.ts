import type { Stage } from "./stage.ts";

/** What somebody who looks sees at one moment. */
export interface Sight {
  /** Whether it is what the step leads to. */
  readonly there: boolean;
  /** What was seen, line by line, for the reader. */
  readonly shows: readonly string[];
}

/** One thing that happens, and what is then to be seen. */
export interface Step<Scene> {
  /** Who does what, one sentence. */
  readonly happens: string;
  readonly act: (scene: Scene) => void | Promise<void>;
  /** What it leads to, one sentence. */
  readonly leads: string;
  readonly look: (scene: Scene) => Sight;
}

export interface Story<Scene> {
  /** One word to ask for it. */
  readonly name: string;
  readonly title: string;
  /** What is to be known before it begins, line by line. */
  readonly preface?: readonly string[];
  /** Told with as few lines as possible. */
  readonly short?: boolean;
  /** Makes a place of its own for it. */
  readonly prepare?: (stage: Stage) => Stage;
  readonly steps: readonly Step<Scene>[];
}

/** What was to be seen did not come. */
export class NotSeen extends Error {
  readonly sight: Sight;

  constructor(leads: string, seconds: number, sight: Sight) {
    super(`Not seen within ${seconds} seconds: ${leads}`);
    this.sight = sight;
  }
}

export interface Patience {
  /** How long to look, in milliseconds. */
  readonly deadline: number;
  /** Ends the looking at once. */
  readonly stopped: AbortSignal;
}

const glance = 10;

/** Looks again and again until it is there; throws {@link NotSeen} with the last sight when it does not come. */
export async function until(
  leads: string,
  look: () => Sight,
  { deadline, stopped }: Patience,
): Promise<Sight> {
  const end = performance.now() + deadline;
  for (;;) {
    stopped.throwIfAborted();
    const sight = look();
    if (sight.there) return sight;
    if (performance.now() > end) throw new NotSeen(leads, deadline / 1000, sight);
    await new Promise((resolve) => setTimeout(resolve, glance));
  }
}
