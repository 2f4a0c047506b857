import { answeredAt, ticked } from "../hands.ts";
import { checkLine, type Scene, sight } from "../scene.ts";
import { plain } from "../show.ts";
import type { Sight, Step } from "../step.ts";

/** Answers by item and question. */
export type Answers = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the release of every template's story changes: code, and a migration that destroys data. */
const changes = {
  "src/cart.ts": "export const cart = new Map();\n",
  "db/migrations/014-drop-notes.sql": "alter table carts drop column notes;\n",
  "CHANGELOG.md": "# Changelog\n\n## 2.1.0\n",
  "package.json": '{ "version": "2.1.0" }\n',
};

export const opens = (by: string, items: readonly string[]): Step<Scene> => ({
  happens: `${by} opens a pull request from release/2.1.0 into main.`,
  act: (scene) => {
    scene.stage.repo.push("release/2.1.0", { files: changes, message: "Forget notes", by });
    scene.open({
      by,
      head: "release/2.1.0",
      title: "Release 2.1.0",
      body: "Carts have no notes any more.\n",
    });
  },
  leads: "The checklist is there, and the check blocks.",
  look: (scene) =>
    sight(
      items.every((id) => scene.item(id).length > 0) && scene.title.startsWith("Blocked"),
      checkLine(scene),
    ),
});

/** Programs report about the head, and items are decided by what they say. */
export const reports = (
  happens: string,
  items: readonly string[],
  act: (scene: Scene) => void,
): Step<Scene> => ({
  happens,
  act,
  leads: "The app ticks what that decides.",
  look: (scene) => doneSight(scene, items),
});

/** Other programs report these checks as passed, each under its name. */
export const checksPass = (happens: string, items: readonly string[], names = items): Step<Scene> =>
  reports(happens, items, ({ stage: { repo }, pull }) => {
    for (const name of names) {
      repo.checkRun({ app: "pipeline", name, sha: pull.headSha, conclusion: "success" });
    }
  });

export const workflowPasses = (happens: string, item: string, file: string): Step<Scene> =>
  reports(happens, [item], ({ stage: { repo }, pull }) => {
    const jobs = { test: "success" };
    repo.workflowRun({ path: `.github/workflows/${file}`, sha: pull.headSha, jobs, conclusion: "success" });
  });

export const deployed = (item: string, environment: string): Step<Scene> =>
  reports(`The pipeline deploys the head to ${environment}.`, [item], ({ stage: { github, repo }, pull }) => {
    const by = github.app({ slug: "pipeline", permissions: { deployments: "write" } });
    repo.deploy(pull.headSha, { environment, by }).status("success", { by });
  });

export const assigned = (item: string, whom: string, by: string): Step<Scene> => ({
  happens: `${by} assigns the pull request to ${whom}.`,
  act: ({ pull }) => pull.assign(whom, { by }),
  leads: "Somebody is in charge.",
  look: (scene) => doneSight(scene, [item]),
});

/** Somebody answers the questions of these items and ticks their boxes, in one edit of the description. */
export const signs = (by: string, items: readonly string[], answers: Answers = {}): Step<Scene> => ({
  happens: `${by} ${Object.keys(answers).length > 0 ? "answers what is asked and ticks" : "ticks"} ${counted(items.length)}.`,
  act: (scene) => scene.edit(by, (body) => ticked(answeredAt(body, answers), ...items)),
  leads: "The ticks count.",
  look: (scene) => doneSight(scene, items),
});

/** What is done already when somebody comes to it. */
export const stands = (happens: string, items: readonly string[]): Step<Scene> =>
  reports(happens, items, () => {});

export const announces = (by: string, item: string): Step<Scene> => ({
  happens: `${by} has read the preview, and ticks the announcement.`,
  act: (scene) => scene.edit(by, (body) => ticked(body, item)),
  leads: "It arrives in Slack, and the receipt is kept.",
  look: (scene) => {
    const said = scene.messages.at(-1)?.text ?? "";
    const { there, shows } = doneSight(scene, [item]);
    return sight(there && said !== "", shows, `In the channel #releases: ${said.split("\n")[0]}`);
  },
});

export const merges = (by: string): Step<Scene> => ({
  happens: `The gate is open, and ${by} merges.`,
  act: (scene) => scene.tryToMerge(by),
  leads: "GitHub merges release/2.1.0 into main.",
  look: ({ pull, title, stage: { repo } }) =>
    sight(
      pull.merged && title.startsWith("Ready") && repo.sha("main") === pull.mergeCommitSha,
      `"${title}", main is at ${repo.sha("main").slice(0, 7)}`,
    ),
});

function doneSight(scene: Scene, items: readonly string[]): Sight {
  const rows = items.map((id) => rowOf(scene, id));
  return sight(scene.isTicked(...items) && rows.every((row) => row.includes("✅ done")), rows);
}

/** The check's line about an item: the item's own line begins with its title. */
function rowOf(scene: Scene, id: string): string {
  const line = scene.item(id)[0]?.replace(/^- \[[ x]\] /, "") ?? id;
  const rows = scene.summary.split("\n").filter((row) => row.startsWith("| "));
  for (const row of rows) {
    const [title = "", ...rest] = plain(row)[0]?.split(/ {3,}/) ?? [];
    if (line.startsWith(title)) return [title, ...rest].join(": ");
  }
  return `${line}: not in the check`;
}

const counted = (count: number): string => (count === 1 ? "one item" : `${count} items`);
