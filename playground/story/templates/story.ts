import type { Scene } from "../scene.ts";
import type { Step, Story } from "../step.ts";
import { withRepository } from "./repository.ts";

/** One release by a template, in a repository of its own, told in short. */
export const templateStory = (
  name: string,
  configuration: string,
  steps: readonly Step<Scene>[],
): Story<Scene> => ({
  name,
  title: `The template ${name}, up to the merge`,
  short: true,
  preface: configuration.trimEnd().split("\n"),
  prepare: (stage) => withRepository(stage, name, configuration),
  steps,
});
