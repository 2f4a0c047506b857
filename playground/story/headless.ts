import { type AppProcess, startApp } from "./app-process.ts";
import { release } from "./release.ts";
import { Scene } from "./scene.ts";
import { type Stage, setStage } from "./stage.ts";
import { NotSeen, type Story, until } from "./step.ts";

/** How long each thing may take until it is seen, in milliseconds. */
const patience = 10_000;
/** Lines of the app's log that a failure shows. */
const logLines = 30;

const stories = [release];

/** Plays the stories and prints them. Gives whether every step was seen to happen. */
export async function playHeadless(print: (line: string) => void, stopped: AbortSignal): Promise<boolean> {
  const stage = await setStage({ now: Date.now, moment: 1_000 });
  const github = await stage.github.listen();
  let app: AppProcess | undefined;
  try {
    print(`GitHub listens at ${github.url}, Slack at ${new URL(stage.slack.url("releases")).origin}.`);
    app = await startApp(stage, github.url);
    print(`The app listens at ${app.url}, as process ${app.pid}.`);
    let number = 0;
    for (const story of stories) number = await play(story, stage, number, print, stopped);
    print("");
    print(`All ${number} steps were seen to happen.`);
    return true;
  } catch (error) {
    if (stopped.aborted) return false;
    tellFailure(error, app, print);
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
  stopped: AbortSignal,
): Promise<number> {
  print("");
  print(`== ${story.title} ==`);
  const scene = new Scene(stage);
  let number = before;
  for (const step of story.steps) {
    stopped.throwIfAborted();
    number++;
    print("");
    print(`${number}. ${step.happens}`);
    await step.act(scene);
    const { shows } = await until(step.leads, () => step.look(scene), patience);
    print(`   ${step.leads}`);
    for (const line of shows) print(`   | ${line}`.trimEnd());
    // What is on its way arrives before somebody does the next thing.
    await stage.github.webhooks.idle();
    stage.pass();
  }
  return number;
}

function tellFailure(error: unknown, app: AppProcess | undefined, print: (line: string) => void): void {
  print(`   FAILED. ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof NotSeen) {
    print("   What was seen instead:");
    for (const line of error.sight.shows) print(`   | ${line}`.trimEnd());
  }
  if (app === undefined) return;
  print("   The end of the app's log:");
  for (const line of app.tail(logLines)) print(`   | ${line}`.trimEnd());
}
