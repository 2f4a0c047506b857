import { ticked } from "../story/hands.ts";
import { type Scene, sight } from "../story/scene.ts";
import { itemOf } from "../story/show.ts";
import type { Step } from "../story/step.ts";

/** What follows the merge of the shop's release, in the configuration and in the story. */

const items = `    - id: production
      title: The merge runs in production
      phase: deploy
      deployment: { environment: production }
    - id: figures
      title: Error rate and latency are normal
      phase: after-deploy
      signers: { from: ["@acme/sre"] }
    - id: tagged
      title: The final tag is made
      phase: after-deploy
      tag: "v*"
`;

/** The configuration with items after the merge; its `items` stand at the end. */
export const withAfterwards = (configuration: string): string => configuration + items;

/** The issue in which the release is followed. */
const followUp = ({ stage: { repo } }: Scene) => repo.issues.at(-1);

const lineOf = (scene: Scene, id: string): string[] => itemOf(followUp(scene)?.body ?? "", id);

const isTicked = (scene: Scene, id: string): boolean => lineOf(scene, id)[0]?.startsWith("- [x]") === true;

const mergeOf = ({ pull }: Scene): string => pull.mergeCommitSha ?? "";

export const afterwards: readonly Step<Scene>[] = [
  {
    happens: "The app looks at what was merged.",
    act: () => {},
    leads: "It opens an issue to follow the release.",
    look: (scene) => sight(lineOf(scene, "figures").length > 0, followUp(scene)?.title ?? "no issue"),
  },
  {
    happens: "The pipeline deploys the merge to production.",
    act: (scene) => {
      const by = "pipeline[bot]";
      scene.stage.repo.deploy(mergeOf(scene), { environment: "production", by }).status("success");
    },
    leads: "The app ticks that in the follow-up.",
    look: (scene) => sight(isTicked(scene, "production"), lineOf(scene, "production")),
  },
  {
    happens: "sam watches the figures, and ticks them.",
    act: (scene) => {
      const issue = followUp(scene);
      issue?.edit({ by: "sam", body: ticked(issue.body, "figures"), viaWeb: true });
    },
    leads: "The tick counts.",
    look: (scene) => sight(isTicked(scene, "figures"), lineOf(scene, "figures")),
  },
  {
    happens: "root tags what was merged as v1.4.0.",
    act: (scene) => scene.stage.repo.tag("v1.4.0", mergeOf(scene), { by: "root" }),
    leads: "That was the last item: the release was successful, and everybody hears of it.",
    look: (scene) => {
      const said = scene.messages.at(-1)?.text ?? "nothing";
      return sight(followUp(scene)?.state === "closed" && said.startsWith("Release successful"), said);
    },
  },
];
