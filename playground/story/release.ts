import { requiredCheck } from "./checklist.ts";
import { answered, ticked } from "./hands.ts";
import { checkLine, description, type Scene, sight, wholeCheck } from "./scene.ts";
import { plain, section } from "./show.ts";
import type { Step, Story } from "./step.ts";

const ciRun = { path: ".github/workflows/ci.yml", name: "CI" };

/** Of the other programs that report here: they are apps, as on GitHub. */
const staging = { app: "staging-runner", name: "staging-e2e" };

export const protect: Step<Scene> = {
  happens: `root protects main: the check "${requiredCheck}" is required, and only from this app.`,
  act: ({ stage: { repo, app } }) =>
    repo.protect("main", { requiredChecks: [{ name: requiredCheck, appId: app.id }] }),
  leads: "The requirement names the app, so that nobody else's check of that name counts.",
  look: ({ stage: { repo, app } }) => {
    const required = repo.record.protections.get("main")?.requiredChecks ?? [];
    return sight(
      required.some(({ name, appId }) => name === requiredCheck && appId === app.id),
      required.map(({ name, appId }) => `${name}, from ${appId === app.id ? app.slug : "any app"}`),
    );
  },
};

export const open: Step<Scene> = {
  happens: "alice opens a pull request from release/1.4.0 into main.",
  act: (scene) => {
    scene.stage.repo.push("release/1.4.0", {
      files: {
        "src/cart.ts": "export const cart = new Map();\n",
        "db/migrations/014-carts.sql": "alter table carts add column note text;\n",
      },
      message: "Keep notes with the cart",
      by: "alice",
    });
    scene.open({
      by: "alice",
      head: "release/1.4.0",
      title: "Release 1.4.0",
      body: "Notes can be kept with the cart.\n",
    });
  },
  leads: "The checklist stands below her text, and the check blocks.",
  look: (scene) =>
    sight(
      scene.item("stakeholders").length > 0 && scene.title.startsWith("Blocked"),
      description(scene),
      "",
      wholeCheck(scene),
    ),
};

export const refused: Step<Scene> = {
  happens: "alice tries to merge.",
  act: (scene) => scene.tryToMerge("alice"),
  leads: "GitHub refuses.",
  look: (scene) => sight(!scene.pull.merged && scene.refusal.length > 0, scene.refusal),
};

export const ciPasses: Step<Scene> = {
  happens: "CI runs two jobs, and both pass.",
  act: ({ stage, pull }) => {
    const jobs = { build: "success", test: "success" };
    stage.repo.workflowRun({ ...ciRun, sha: pull.headSha, jobs, conclusion: "success" });
  },
  leads: "The app ticks the item.",
  look: (scene) => sight(scene.isTicked("ci"), scene.item("ci"), plain(scene.row("CI is green"))),
};

export const stagingFails: Step<Scene> = {
  happens: "The end-to-end tests fail on staging.",
  act: ({ stage, pull }) => {
    stage.repo.checkRun({ ...staging, sha: pull.headSha, conclusion: "failure" });
  },
  leads: "The check fails and says why.",
  look: (scene) =>
    sight(
      scene.check?.conclusion === "failure" && scene.title.includes("staging-e2e failed"),
      checkLine(scene),
      section(scene.summary, "What is missing"),
    ),
};

const stagingPasses: Step<Scene> = {
  happens: "Staging is repaired, and the tests run again.",
  act: ({ stage, pull }) => {
    stage.repo
      .checkRun({ ...staging, sha: pull.headSha })
      .start()
      .complete("success");
  },
  leads: "The newest run counts, and the app ticks the item.",
  look: (scene) => sight(scene.isTicked("staging-e2e"), scene.item("staging-e2e"), checkLine(scene)),
};

const migrationsPass: Step<Scene> = {
  happens: "The migration validation reports its success as a commit status.",
  act: ({ stage: { github, repo }, pull }) => {
    const by = github.app({ slug: "migration-gate", permissions: { statuses: "write" } });
    repo.status({ sha: pull.headSha, context: "migration-validation", state: "success", by });
  },
  leads: "The app ticks the item, which is there because the release changes db/migrations.",
  look: (scene) => sight(scene.isTicked("migrations"), scene.item("migrations"), checkLine(scene)),
};

const othersSign: Step<Scene> = {
  happens: "bob ticks two boxes in the description.",
  act: (scene) => scene.edit("bob", (body) => ticked(body, "acceptance", "monitoring")),
  leads: "The check tells who signed, and at which commit.",
  look: (scene) => {
    const rows = [scene.row("Acceptance criteria verified"), scene.row("Monitoring and alerts in place")];
    return sight(
      rows.every((row) => row.includes("bob")),
      rows.flatMap(plain),
      checkLine(scene),
    );
  },
};

const sreSigns: Step<Scene> = {
  happens: "sam, who is in @acme/sre, answers the two questions and ticks the rollback plan.",
  act: (scene) =>
    scene.edit("sam", (body) =>
      answered(ticked(body, "rollback"), {
        code: "Redeploy 1.3.2 with the pipeline.",
        data: "The new column may stay; 1.3.2 ignores it.",
      }),
    ),
  leads: "Only the announcement is missing now.",
  look: (scene) =>
    sight(
      scene.row("Rollback plan confirmed").includes("sam") && /stakeholders/i.test(scene.title),
      scene.item("rollback"),
      checkLine(scene),
    ),
};

const preview: Step<Scene> = {
  happens: "carol reads in the check what will be announced.",
  act: () => {},
  leads: "The preview holds what was validated, by whom, and the rollback plan.",
  look: (scene) => {
    const shown = section(scene.summary, "Announcement");
    return sight(shown.join("\n").includes("Redeploy 1.3.2"), shown);
  },
};

const announce: Step<Scene> = {
  happens: "carol ticks the announcement.",
  act: (scene) => scene.edit("carol", (body) => ticked(body, "stakeholders")),
  leads: "It arrives in Slack, and signed at the webhook.",
  look: (scene) => {
    const [message] = scene.messages;
    const { audit } = scene.stage;
    return sight(
      message !== undefined && audit.received.length === 1,
      "In the channel #releases:",
      (message?.text ?? "nothing").split("\n").map((line) => `  ${line}`),
      `At the webhook: ${audit.received.length} received, ${audit.refused} with a wrong signature`,
    );
  },
};

export const ready: Step<Scene> = {
  happens: "Both have confirmed the receipt.",
  act: () => {},
  leads: "The gate opens.",
  look: (scene) =>
    sight(
      scene.check?.conclusion === "success" && scene.pull.blockers("alice").length === 0,
      wholeCheck(scene),
    ),
};

const merge: Step<Scene> = {
  happens: "alice merges.",
  act: (scene) => scene.tryToMerge("alice"),
  leads: "GitHub merges release/1.4.0 into main.",
  look: ({ pull, stage: { repo } }) =>
    sight(
      pull.merged && repo.sha("main") === pull.mergeCommitSha,
      pull.merged ? `main is at ${repo.sha("main").slice(0, 7)}` : pull.blockers("alice"),
    ),
};

/** A release as it should go. */
export const release: Story<Scene> = {
  name: "release",
  title: "One release, from opening to merging",
  steps: [
    protect,
    open,
    refused,
    ciPasses,
    stagingFails,
    stagingPasses,
    migrationsPass,
    othersSign,
    sreSigns,
    preview,
    announce,
    ready,
    merge,
  ],
};
