import { afterStories } from "./after/index.ts";
import { type AppProcess, startApp } from "./app-process.ts";
import { record } from "./record.ts";
import { release } from "./release.ts";
import { Scene } from "./scene.ts";
import { type Stage, setStage } from "./stage.ts";
import { NotSeen, type Patience, type Step, type Story, until } from "./step.ts";
import { templateStories } from "./templates/index.ts";

export interface HeadlessOptions {
  readonly print: (line: string) => void;
  /** Ends the play early. */
  readonly stopped: AbortSignal;
  readonly stories?: readonly Story<Scene>[];
  /** How long each thing may take until it is seen, in milliseconds. */
  readonly deadline?: number;
}

export const allStories: readonly Story<Scene>[] = [release, record, ...afterStories, ...templateStories];
const usualDeadline = 10_000;
/** Lines of the app's log that a failure shows. */
const logLines = 40;

/**
 * Plays the stories against the real app, and prints them. Gives whether every step was seen to happen. Everything
 * that it starts has ended when it returns.
 */
export async function playHeadless(options: HeadlessOptions): Promise<boolean> {
  const { print, stopped, stories = allStories, deadline = usualDeadline } = options;
  const stage = await setStage({ now: Date.now, moment: 1_000 });
  const github = await stage.github.listen();
  let app: AppProcess | undefined;
  try {
    print(`GitHub listens at ${github.url}, Slack at ${new URL(stage.slack.url("releases")).origin}.`);
    app = await startApp(stage, github.url);
    print(`The app listens at ${app.url}, as process ${app.pid}.`);
    let number = 0;
    for (const story of stories) number = await play(story, stage, number, print, { deadline, stopped });
    print("");
    print(`All ${number} steps were seen to happen.`);
    return true;
  } catch (error) {
    print("");
    if (stopped.aborted) print("Stopped.");
    else tellFailure(error, app, print);
    return false;
  } finally {
    await app?.stop();
    await Promise.all([github.close(), stage.close()]);
  }
}

async function play(
  story: Story<Scene>,
  stage: Stage,
  before: number,
  print: (line: string) => void,
  patience: Patience,
): Promise<number> {
  print("");
  print(`== ${story.title} ==`);
  for (const line of story.preface ?? []) print(`   | ${line}`);
  const tell = story.short ? tellShort : tellWhole;
  const scene = new Scene(story.prepare?.(stage) ?? stage);
  let number = before;
  for (const step of story.steps) {
    number++;
    const told = tell(number, step, print);
    await step.act(scene);
    const { shows } = await until(step.leads, () => step.look(scene), patience);
    told(shows);
    // What is on its way arrives before somebody does the next thing.
    await stage.github.webhooks.idle();
    stage.pass();
  }
  return number;
}

/** Begins to tell a step; what comes back ends it, with what was seen. */
type Tell = (
  number: number,
  step: Step<Scene>,
  print: (line: string) => void,
) => (shows: readonly string[]) => void;

const tellWhole: Tell = (number, { happens, leads }, print) => {
  print("");
  print(`${number}. ${happens}`);
  return (shows) => {
    print(`   ${leads}`);
    for (const line of shows) print(`   | ${line}`.trimEnd());
  };
};

const tellShort: Tell = (number, { happens }, print) => {
  print(`${number}. ${happens}`);
  return (shows) => {
    for (const line of shows) print(`   | ${line}`.trimEnd());
  };
};

function tellFailure(error: unknown, app: AppProcess | undefined, print: (line: string) => void): void {
  print(`FAILED. ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof NotSeen) {
    print("What was seen instead:");
    for (const line of error.sight.shows) print(`| ${line}`.trimEnd());
  }
  if (app === undefined) return;
  print("The end of the app's log:");
  for (const line of app.tail(logLines)) print(`| ${line}`.trimEnd());
}
