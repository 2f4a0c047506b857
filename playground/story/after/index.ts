import type { Scene } from "../scene.ts";
import type { Step, Story } from "../step.ts";
import { withRepository } from "../templates/repository.ts";
import {
  becomesReady,
  deploys,
  ends,
  merges,
  opens,
  publishes,
  says,
  signs,
  toldBypass,
  waives,
} from "./steps.ts";

const configuration = (wait: boolean): string => `checklist:
  items:
    - id: ci
      title: CI is green
      check: ci
    - id: rollback
      title: Rollback plan confirmed
      questions: { limits: At what do we roll back?, decides: Who decides it? }
    - id: stakeholders
      title: Stakeholders notified
      notify: { to: [room], post: when-ready }
    - id: production
      title: Deployed to production
      phase: deploy
      deployment: { environment: production }
${
  wait
    ? `    - id: watched
      title: Watched for half an hour
      phase: after-deploy
      wait: 30m
`
    : ""
}    - id: figures
      title: Figures are normal
      phase: after-deploy
    - id: tag
      title: Final tag made
      phase: after-deploy
      tag: "v*"
    - id: notes
      title: Release notes published
      phase: after-deploy
      release: "v*"
`;

const afterStory = (
  name: string,
  title: string,
  wait: boolean,
  steps: readonly Step<Scene>[],
  enforced = true,
): Story<Scene> => ({
  name,
  title,
  preface: configuration(wait).trimEnd().split("\n"),
  prepare: (stage) => {
    const own = withRepository(stage, name, configuration(wait));
    if (!enforced) own.repo.unprotect("main");
    return own;
  },
  steps,
});

const opened = "The follow-up holds what comes now, and what was agreed on before.";
const lookBack = {
  retrospective: { caught: "A load test, before the merge.", followed: "Yes, to the line." },
};

/** What follows a merge, to its three ends. */
export const afterStories: readonly Story<Scene>[] = [
  afterStory("success", "After the merge: a success", false, [
    opens("3.0.0"),
    becomesReady,
    merges("alice", opened),
    deploys,
    publishes("3.0.0"),
    signs("bob", ["figures"]),
    ends("Release successful"),
  ]),
  afterStory("roll-back", "After the merge: a roll-back", true, [
    opens("3.1.0"),
    becomesReady,
    merges("alice", opened),
    deploys,
    says("sam", "/checklist outcome rolled-back Errors at 7 % after ten minutes", "Release rolled back"),
    signs("sam", ["retrospective"], lookBack),
    ends("Release rolled back"),
  ]),
  afterStory(
    "bypass",
    "After the merge: one that the check did not allow",
    true,
    [
      opens("3.2.0"),
      merges(
        "root",
        "Nobody requires the check here, so GitHub merges; the follow-up holds what was left open.",
      ),
      toldBypass,
      says("sam", "/checklist outcome follow-up CI never ran", "Release needs follow-up"),
      signs("bob", ["ci", "rollback", "figures"], {
        rollback: { limits: "Errors above 5 %.", decides: "sam." },
      }),
      deploys,
      publishes("3.2.0"),
      waives("root", "watched", "It was watched by hand"),
      signs("sam", ["retrospective"], {
        retrospective: {
          caught: "The list had it; nobody waited.",
          followed: "No: it was merged past the check.",
        },
      }),
      ends("Release needs follow-up"),
    ],
    false,
  ),
];
