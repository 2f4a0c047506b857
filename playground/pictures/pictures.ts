import { requiredCheck } from "../story/checklist.ts";
import { ready, release, stagingFails } from "../story/release.ts";
import { Scene } from "../story/scene.ts";
import { setStage } from "../story/stage.ts";
import { until } from "../story/step.ts";
import { draw, type Shown } from "./draw.ts";
import { runInProcess } from "./in-process.ts";

/** After which step of the story each picture is taken. */
const moments = new Map([
  [stagingFails, "blocked.svg"],
  [ready, "ready.svg"],
]);

const minute = 60_000;
const patience = { deadline: 10_000, stopped: new AbortController().signal };

/** Plays a release against the real app and draws what its page shows: the same bytes in every run, by file name. */
export async function makePictures(): Promise<ReadonlyMap<string, string>> {
  const pictures = new Map<string, string>();
  const stage = await setStage({ now: () => Date.parse("2026-03-02T10:00:00Z"), moment: minute });
  try {
    runInProcess(stage);
    const scene = new Scene(stage);
    for (const step of release.steps) {
      await step.act(scene);
      await until(step.leads, () => step.look(scene), patience);
      await stage.github.webhooks.idle();
      stage.pass();
      const name = moments.get(step);
      if (name !== undefined) pictures.set(name, draw(shownOf(scene)));
    }
  } finally {
    await stage.close();
  }
  return pictures;
}

function shownOf(scene: Scene): Shown {
  const { pull, check, title } = scene;
  return {
    number: pull.number,
    title: pull.title,
    author: pull.record.user.login,
    head: pull.head,
    base: pull.base,
    description: pull.body,
    check: { name: requiredCheck, title, success: check?.conclusion === "success" },
    blockers: pull.blockers("alice"),
  };
}
