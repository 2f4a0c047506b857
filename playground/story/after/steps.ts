import type { IssueHandle } from "../../github/people/issue.ts";
import { answeredAt, ticked } from "../hands.ts";
import { checkLine, type Scene, sight } from "../scene.ts";
import { plain } from "../show.ts";
import type { Step } from "../step.ts";
import type { Answers } from "../templates/steps.ts";

/** Slack says nothing of threads in the text: an answer stands below the message that it answers. */
const inChannel = ({ stage: { slack } }: Scene, text: string): string[] => {
  const message = slack.messages.findLast((one) => one.text?.includes(text));
  if (message === undefined) return [`Nothing in Slack says "${text}"`];
  const where = message.threadTs === undefined ? "In the channel" : "In the thread of the announcement";
  return [
    `${where} #${message.channel.replace(/^#/, "")}:`,
    ...(message.text ?? "").split("\n").map((line) => `  ${line}`),
  ];
};

const wasSaid = ({ stage: { slack } }: Scene, text: string): boolean =>
  slack.messages.some((one) => one.text?.includes(text) === true);

/** The follow-up of the scene's pull request; undefined: there is none. */
export const followUpOf = ({ stage: { repo }, pull }: Scene): IssueHandle | undefined =>
  repo.issues.find(({ title }) => title.endsWith(`(#${pull.number})`));

const found = (scene: Scene): IssueHandle => {
  const issue = followUpOf(scene);
  if (issue === undefined) throw new Error("There is no follow-up");
  return issue;
};

const shown = (scene: Scene): string[] => {
  const issue = followUpOf(scene);
  return issue === undefined
    ? ["There is no follow-up"]
    : [`${issue.title}, ${issue.state}, assigned to ${issue.assignees.join(", ")}`, "", ...plain(issue.body)];
};

/** Without what stood there from the beginning. */
const checklist = (scene: Scene): string[] => {
  const all = shown(scene);
  const start = all.indexOf("## Release checklist");
  const end = all.findIndex((line) => line.startsWith("Who signed what"));
  return [...all.slice(0, 1), ...all.slice(start + 1, end < 0 ? undefined : end - 1)];
};

/** The lines of these items alone. */
const lines = (scene: Scene, titles: readonly string[]): string[] =>
  shown(scene).filter((line) => titles.some((title) => line.includes(title)));

export const opens = (version: string): Step<Scene> => ({
  happens: `alice opens a pull request from release/${version} into main, and sam is in charge.`,
  act: (scene) => {
    const files = { "src/cart.ts": `export const version = "${version}";\n` };
    scene.stage.repo.push(`release/${version}`, { files, message: `Release ${version}`, by: "alice" });
    scene.open({ by: "alice", head: `release/${version}`, title: `Release ${version}`, body: "Carts.\n" });
    scene.pull.assign("sam", { by: "alice" });
  },
  leads: "The checklist holds what is due before the merge.",
  look: (scene) =>
    sight(
      scene.item("rollback").length > 0 && scene.item("production").length === 0,
      plain(scene.pull.body),
      checkLine(scene),
    ),
});

export const becomesReady: Step<Scene> = {
  happens: "CI passes, bob answers and ticks the rollback plan.",
  act: (scene) => {
    const { stage, pull } = scene;
    stage.repo.checkRun({ app: "pipeline", name: "ci", sha: pull.headSha, conclusion: "success" });
    scene.edit("bob", (body) =>
      ticked(
        answeredAt(body, {
          rollback: { limits: "Errors above 5 % for five minutes.", decides: "sam, else carol." },
        }),
        "rollback",
      ),
    );
  },
  leads: "The app announces the release, and the gate opens.",
  look: (scene) =>
    sight(
      scene.check?.conclusion === "success" && wasSaid(scene, "Release announced"),
      inChannel(scene, "Release announced").slice(0, 2),
      checkLine(scene),
    ),
};

export const merges = (by: string, leads: string): Step<Scene> => ({
  happens: `${by} merges.`,
  act: (scene) => scene.tryToMerge(by),
  leads,
  look: (scene) => sight(scene.pull.merged && followUpOf(scene) !== undefined, shown(scene)),
});

export const deploys: Step<Scene> = {
  happens: "The pipeline deploys the merge commit to production.",
  act: ({ stage: { github, repo } }) => {
    const by = github.app({ slug: "pipeline", permissions: { deployments: "write" } });
    repo.deploy("main", { environment: "production", by }).status("success", { by });
  },
  leads: "The app ticks the item; where something waits for that, its time begins.",
  look: (scene) =>
    sight(
      lines(scene, ["Deployed to production"]).some((line) => line.startsWith("- [x]")),
      lines(scene, ["Deployed to production", "Watched"]),
    ),
};

export const publishes = (version: string): Step<Scene> => ({
  happens: `bob publishes the release v${version}, with its tag on the merge commit.`,
  act: ({ stage: { repo } }) => repo.release(`v${version}`, { by: "bob" }),
  leads: "The app ticks both items.",
  look: (scene) => {
    const both = lines(scene, ["Final tag made", "Release notes published"]);
    return sight(both.length === 2 && both.every((line) => line.startsWith("- [x]")), both);
  },
});

export const signs = (by: string, items: readonly string[], answers: Answers = {}): Step<Scene> => ({
  happens: `${by} ${Object.keys(answers).length > 0 ? "answers what is asked and ticks" : "ticks"} ${items.join(", ")} in the follow-up.`,
  act: (scene) => {
    const issue = found(scene);
    const body = ticked(answeredAt(issue.body, answers), ...items).replace(/\r\n/g, "\n");
    issue.edit({ by, body, viaWeb: true });
  },
  leads: "The tick counts.",
  look: (scene) =>
    sight(
      items.every((id) => new RegExp(`- \\[x\\].*<!-- item:${id} `).test(found(scene).body)),
      checklist(scene),
    ),
});

export const says = (by: string, command: string, told: string): Step<Scene> => ({
  happens: `${by} comments in the follow-up: ${command}`,
  act: (scene) => void found(scene).comment({ by, body: command }),
  leads: "Those who got the announcement hear of it.",
  look: (scene) => sight(wasSaid(scene, told), inChannel(scene, told), checklist(scene)),
});

export const waives = (by: string, item: string, reason: string): Step<Scene> => ({
  happens: `${by} comments in the follow-up: /checklist waive ${item} ${reason}`,
  act: (scene) => void found(scene).comment({ by, body: `/checklist waive ${item} ${reason}` }),
  leads: "The item is set aside, with the reason below it.",
  look: (scene) => sight(lines(scene, [reason]).length > 0, lines(scene, ["Watched", reason])),
});

/** The end: the follow-up is closed, and the final status was told. */
export const ends = (told: string): Step<Scene> => ({
  happens: "Nothing is left to be done.",
  act: () => {},
  leads: "The follow-up closes itself, and the final status is out.",
  look: (scene) =>
    sight(
      followUpOf(scene)?.state === "closed" && wasSaid(scene, told),
      shown(scene).slice(0, 1),
      inChannel(scene, told),
    ),
});

export const toldBypass: Step<Scene> = {
  happens: "carol reads the channel.",
  act: () => {},
  leads: "The stakeholders know that the check did not allow the merge.",
  look: (scene) =>
    sight(wasSaid(scene, "without a green checklist"), inChannel(scene, "without a green checklist")),
};
