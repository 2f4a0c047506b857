import { configuration } from "../story/checklist.ts";
import { open, protect, release } from "../story/release.ts";
import type { Scene } from "../story/scene.ts";
import type { Stage } from "../story/stage.ts";
import type { Step } from "../story/step.ts";
import { templateStories } from "../story/templates/index.ts";
import { afterwards, withAfterwards } from "./afterwards.ts";
import { withWindow } from "./window.ts";

/** A world to choose: how it begins, and the release that can be played in it. */
export interface WorldChoice {
  readonly name: string;
  readonly title: string;
  readonly prepare: (stage: Stage) => Stage;
  /** Up to the open pull request. */
  readonly opening: readonly Step<Scene>[];
  readonly steps: readonly Step<Scene>[];
}

const configure: Step<Scene> = {
  happens: "root adds a release window, and what follows the merge.",
  act: ({ stage: { repo } }) =>
    void repo.push("main", {
      files: { ".github/release.yml": withAfterwards(withWindow(configuration)) },
      message: "Release inside a window, and follow the release",
      by: "root",
    }),
  leads: "It is on the default branch.",
  look: ({ stage: { repo } }) => ({
    there: repo.file(".github/release.yml")?.includes("window:") === true,
    shows: [],
  }),
};

const shop: WorldChoice = {
  name: "shop",
  title: "The shop's own checklist",
  prepare: (stage) => stage,
  opening: [protect, configure, open],
  steps: [...release.steps.slice(2), ...afterwards],
};

const ofTemplates = templateStories.map((story): WorldChoice => {
  const [first, ...rest] = story.steps;
  return {
    name: story.name,
    title: `Template ${story.name}`,
    prepare: (stage) => story.prepare?.(stage) ?? stage,
    opening: first === undefined ? [] : [first],
    steps: rest,
  };
});

export const worldChoices: readonly [WorldChoice, ...WorldChoice[]] = [shop, ...ofTemplates];
