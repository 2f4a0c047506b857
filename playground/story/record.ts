import { answered, ticked } from "./hands.ts";
import { ciPasses, stagingFails } from "./release.ts";
import { checkLine, description, type Scene, sight } from "./scene.ts";
import { plain, section } from "./show.ts";
import type { Step, Story } from "./step.ts";

const rollback = "Rollback plan confirmed";

const open: Step<Scene> = {
  happens: "alice opens a pull request from release/1.5.0 into main.",
  act: (scene) => {
    scene.stage.repo.push("release/1.5.0", {
      files: { "src/cart.ts": "export const cart = new WeakMap();\n" },
      message: "Forget carts that nobody holds",
      by: "alice",
    });
    const body = "Carts that nobody holds are forgotten.\n";
    scene.open({ by: "alice", head: "release/1.5.0", title: "Release 1.5.0", body });
  },
  leads: "The checklist is there. It has no migrations, because none are touched.",
  look: (scene) =>
    sight(scene.item("stakeholders").length > 0 && scene.item("migrations").length === 0, description(scene)),
};

const refusedTick: Step<Scene> = {
  happens: "bob, who is not in @acme/sre, ticks the rollback plan.",
  act: (scene) => scene.edit("bob", (body) => ticked(body, "rollback")),
  leads: "The tick is taken back, and the reason stands under the item.",
  look: (scene) =>
    sight(
      !scene.isTicked("rollback") && scene.item("rollback").join().includes("bob"),
      scene.item("rollback"),
    ),
};

const answerMissing: Step<Scene> = {
  happens: "sam, who is in @acme/sre, ticks it, but answers only one of the two questions.",
  act: (scene) =>
    scene.edit("sam", (body) => answered(ticked(body, "rollback"), { code: "Redeploy 1.4.0." })),
  leads: "The tick stays, and counts once the other question is answered.",
  look: (scene) =>
    sight(
      scene.isTicked("rollback") &&
        scene.item("rollback").join().includes("answer missing") &&
        !scene.row(rollback).includes("done"),
      scene.item("rollback"),
      plain(scene.row(rollback)),
    ),
};

const answeredNow: Step<Scene> = {
  happens: "sam answers the other question.",
  act: (scene) => scene.edit("sam", (body) => answered(body, { data: "No data is changed." })),
  leads: "Now the tick counts.",
  look: (scene) =>
    sight(
      scene.isTicked("rollback") &&
        !scene.item("rollback").join().includes("answer missing") &&
        /done.*signed by.*sam/.test(scene.row(rollback)),
      scene.item("rollback"),
      plain(scene.row(rollback)),
    ),
};

const pushEnds: Step<Scene> = {
  happens: "alice pushes a migration.",
  act: ({ stage, pull }) => {
    stage.repo.push(pull.head, {
      files: { "db/migrations/015-holders.sql": "create table holders (cart bigint);\n" },
      message: "Count who holds a cart",
      by: "alice",
    });
  },
  leads: "It ends sam's sign-off, the check says by which file, and the migrations must now be validated.",
  look: (scene) =>
    sight(
      !scene.isTicked("rollback") &&
        scene.item("migrations").length > 0 &&
        scene.summary.includes("db/migrations/015-holders.sql"),
      scene.item("migrations"),
      scene.item("rollback"),
      plain(scene.row(rollback)),
      section(scene.summary, "Good to know"),
    ),
};

const signByComment: Step<Scene> = {
  happens: "sam looks at the migration, and signs again by comment: /checklist sign rollback",
  act: ({ pull }) => void pull.comment({ by: "sam", body: "/checklist sign rollback" }),
  leads: "The app ticks the box for sam, and reacts to the comment.",
  look: (scene) =>
    sight(
      scene.isTicked("rollback") &&
        scene.row(rollback).includes("sam") &&
        scene.pull.comments.at(-1)?.reactions.some(({ content }) => content === "+1") === true,
      plain(scene.row(rollback)),
      `Reactions: ${scene.pull.comments.at(-1)?.reactions.map(({ by, content }) => `${content} by ${by}`)}`,
    ),
};

const othersSign: Step<Scene> = {
  happens: "bob ticks the two boxes that anyone with write access may tick.",
  act: (scene) => scene.edit("bob", (body) => ticked(body, "acceptance", "monitoring")),
  leads: "Both count.",
  look: (scene) => {
    const rows = [scene.row("Acceptance criteria verified"), scene.row("Monitoring and alerts in place")];
    return sight(
      rows.every((row) => row.includes("bob")),
      rows.flatMap(plain),
    );
  },
};

const botRewrites: Step<Scene> = {
  happens: "A bot that writes release notes replaces the whole description.",
  act: ({ pull }) =>
    pull.edit({
      by: "notes[bot]",
      body: "## Notes\n\n- Forget carts that nobody holds\n- Count who holds a cart\n",
    }),
  leads: "The checklist comes back with every tick and answer, below the new text.",
  look: (scene) =>
    sight(
      scene.pull.body.startsWith("## Notes") &&
        scene.isTicked("rollback", "acceptance", "monitoring") &&
        scene.pull.body.includes("Redeploy 1.4.0."),
      description(scene),
    ),
};

const waiver: Step<Scene> = {
  happens: "carol, who may, comments: /checklist waive migrations The table is new and empty.",
  act: ({ pull }) =>
    void pull.comment({ by: "carol", body: "/checklist waive migrations The table is new and empty." }),
  leads: "The item is set aside, with her name and reason.",
  look: (scene) => {
    const row = scene.row("Database migrations validated");
    return sight(row.includes("waived") && row.includes("carol"), plain(row), checkLine(scene));
  },
};

const overrideRefused: Step<Scene> = {
  happens: "alice comments: /checklist override The shop is down.",
  act: ({ pull }) => void pull.comment({ by: "alice", body: "/checklist override The shop is down." }),
  leads: "The app replies that she may not, and the gate stays closed.",
  look: (scene) => {
    const reply = scene.pull.comments.at(-1);
    return sight(
      reply?.author === "release-checklist[bot]" && scene.check?.conclusion !== "success",
      plain(reply?.body ?? ""),
      checkLine(scene),
    );
  },
};

const override: Step<Scene> = {
  happens: "root comments: /checklist override The shop is down, and this repairs it.",
  act: ({ pull }) =>
    void pull.comment({ by: "root", body: "/checklist override The shop is down, and this repairs it." }),
  leads: "The gate opens visibly, and everybody hears of it.",
  look: (scene) => {
    const [message] = scene.messages;
    return sight(
      scene.title.startsWith("Overridden by @root") &&
        scene.check?.conclusion === "success" &&
        message?.text?.includes("overridden") === true,
      checkLine(scene),
      "In the channel #releases:",
      (message?.text ?? "nothing").split("\n").map((line) => `  ${line}`),
    );
  },
};

const merge: Step<Scene> = {
  happens: "root merges.",
  act: (scene) => scene.tryToMerge("root"),
  leads: "GitHub merges release/1.5.0 into main.",
  look: ({ pull, stage: { repo } }) =>
    sight(
      pull.merged && repo.sha("main") === pull.mergeCommitSha,
      pull.merged ? `main is at ${repo.sha("main").slice(0, 7)}` : pull.blockers("root"),
    ),
};

/** What happens to ticks: who may, what ends them, and that none is lost. */
export const record: Story<Scene> = {
  name: "ticks",
  title: "Every tick has an owner, and none is lost",
  steps: [
    open,
    refusedTick,
    answerMissing,
    answeredNow,
    pushEnds,
    signByComment,
    othersSign,
    botRewrites,
    waiver,
    ciPasses,
    stagingFails,
    overrideRefused,
    override,
    merge,
  ],
};
