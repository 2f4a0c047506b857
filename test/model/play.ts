import { judge } from "./judge.ts";
import { type Counts, Stage } from "./stage.ts";
import { preparation, type Story } from "./story.ts";

export interface Played {
  /** What is wrong at the end; empty when all is well. */
  readonly findings: readonly string[];
  readonly words: readonly string[];
  readonly counts: Counts;
}

/** Plays one story to its end: what was not lost arrives, the app looks at everything once more, and then all must be right. */
export async function play(story: Story): Promise<Played> {
  const stage = new Stage(story);
  for (const step of [...(story.prepared ? preparation : []), ...story.steps]) await stage.step(step);
  stage.say("— the end —");
  stage.clock.advance(2);
  await stage.hear("all");
  stage.calm();
  await stage.hear("all");
  const { process } = stage;
  await stage.sweep();
  // One that ended while it looked has not looked at everything.
  if (stage.process !== process) await stage.sweep();
  for (let rounds = 0; stage.github.webhooks.pending().length > 0; rounds += 1) {
    if (rounds > 20) return ended(stage, ["the app never comes to rest"]);
    await stage.hear("all");
  }
  const findings = judge(stage);
  const writes = stage.github.requests.writes;
  stage.clock.advance(2);
  await stage.sweep();
  if (stage.github.requests.writes > writes) findings.push("a last look wrote something");
  if (stage.github.unknownRoutes.length > 0)
    findings.push(`unknown to the fake: ${stage.github.unknownRoutes}`);
  return ended(stage, findings);
}

const ended = ({ words, counts }: Stage, findings: readonly string[]): Played => ({
  findings,
  words,
  counts,
});
