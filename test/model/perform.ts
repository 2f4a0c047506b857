import type { PullHandle, RepoHandle } from "../../playground/github/index.ts";
import { asking, type ItemId, items, mayExcept } from "./cast.ts";
import {
  answerOf,
  boxOf,
  halved,
  hasBlock,
  marksOf,
  viaWeb,
  withAnswer,
  withBox,
  withoutBlock,
  withoutProse,
  withProse,
} from "./description.ts";
import type { Fact } from "./facts.ts";
import type { Act } from "./story.ts";

export const branch = "release/1";

/** Where acts happen, and where they are written down. */
export interface Scene {
  readonly repo: RepoHandle;
  readonly pull: PullHandle;
  readonly facts: Fact[];
  readonly counts: { acts: number; ticks: number; rewrites: number; exceptions: number };
  /** The present second, as GitHub tells it. */
  readonly second: string;
  say(words: string): void;
  /** A new mark for a piece of prose or an answer. */
  mark(letter: "L" | "A"): string;
  /** Writes down an edit that was just made. */
  edited(by: string, from: string): void;
  /** Writes down a push that was just made. */
  pushed(before: string): void;
}

/** Does what the act says, as far as it makes sense with the description as it stands. */
export function perform(scene: Scene, act: Act): void {
  if (act.do === "push") push(scene, act);
  else if (act.do === "command") command(scene, act);
  else if (act.do === "except") except(scene, act);
  else edit(scene, changeOf(scene, act));
}

interface Change {
  readonly by: string;
  readonly body: string;
  readonly words: string;
}

type Editing = Exclude<Act, { do: "push" | "command" | "except" }>;

function changeOf(scene: Scene, act: Editing): Change | null {
  const { body } = scene.pull;
  switch (act.do) {
    case "tick":
    case "untick": {
      const checked = act.do === "tick";
      if (boxOf(body, act.item)?.checked !== !checked) return null;
      scene.counts.ticks += checked ? 1 : 0;
      return { by: act.who, body: withBox(body, act.item, checked), words: `${act.do}s ${act.item}` };
    }
    case "answer":
    case "clear": {
      const text = act.do === "clear" ? "" : scene.mark("A");
      if (answerOf(body, asking.item, asking.question) === null) return null;
      return { by: act.who, body: withAnswer(body, asking.question, text), words: `answers "${text}"` };
    }
    case "write": {
      const text = scene.mark("L");
      const written = withProse(body, `${act.who} writes ${text}`, act.place);
      const words = `writes ${text} (${act.place}${act.web ? ", in the web page" : ""})`;
      return { by: act.who, body: act.web ? viaWeb(written) : written, words };
    }
    case "erase": {
      const marks = [...marksOf(body)];
      const mark = marks[act.nth % Math.max(marks.length, 1)];
      if (mark === undefined) return null;
      return { by: act.who, body: withoutProse(body, mark), words: `takes out ${mark}` };
    }
    case "take out the block":
      return { by: act.who, body: withoutBlock(body), words: "takes out the block" };
    case "damage":
      return { by: act.who, body: halved(body, act.part), words: `takes out ${partName(act.part)}` };
    case "rewrite":
      return rewriting(scene, act);
    case "meddle": {
      const box = boxOf(body, act.item);
      if (box === null) return null;
      const words = `${box.checked ? "unticks" : "ticks"} ${act.item}`;
      return { by: "helper[bot]", body: withBox(body, act.item, !box.checked), words };
    }
  }
}

function rewriting(scene: Scene, act: Extract<Act, { do: "rewrite" }>): Change {
  scene.counts.rewrites += 1;
  const mark = scene.mark("L");
  const older = act.older === null ? null : earlier(scene, act.older);
  return older === null
    ? { by: act.who, body: `Notes of the release: ${mark}`, words: `writes all anew (${mark})` }
    : {
        by: act.who,
        body: withProse(older, `Built again: ${mark}`, "top"),
        words: `writes back an older text (${mark})`,
      };
}

function edit(scene: Scene, change: Change | null): void {
  const from = scene.pull.body;
  if (change === null || change.body === from) return;
  const { by, body, words } = change;
  scene.counts.acts += 1;
  scene.say(`${by} ${words}`);
  scene.pull.edit({ by, body });
  scene.edited(by, from);
}

function command(scene: Scene, { who, verb, item }: Extract<Act, { do: "command" }>): void {
  const { pull, second } = scene;
  scene.facts.push({ kind: "command", at: second, by: who, verb, item, head: pull.headSha });
  scene.say(`${who} comments /checklist ${verb} ${item}`);
  pull.comment({ by: who, body: `/checklist ${verb} ${item}` });
}

function except(scene: Scene, { who, item }: Extract<Act, { do: "except" }>): void {
  const { pull, second } = scene;
  const body = item === null ? "/checklist override it burns" : `/checklist waive ${item} it is small`;
  scene.counts.exceptions += mayExcept(who, item) ? 1 : 0;
  scene.facts.push({ kind: "exception", at: second, by: who, item, head: pull.headSha });
  scene.say(`${who} comments ${body}`);
  pull.comment({ by: who, body });
}

/** One of the texts that stood there before. */
function earlier(scene: Scene, nth: number): string | null {
  const texts = scene.facts.flatMap((fact) =>
    fact.kind === "edit" && hasBlock(fact.from) ? [fact.from] : [],
  );
  return texts[nth % Math.max(texts.length, 1)] ?? null;
}

function push(scene: Scene, { change, how }: Extract<Act, { do: "push" }>): void {
  const { repo, pull } = scene;
  const before = pull.headSha;
  const message = `Change ${scene.facts.length}`;
  const path = change === "db" ? "db/schema.sql" : "docs/notes.md";
  const files = { [path]: `${scene.facts.length}\n` };
  if (how === "back") {
    const left = scene.facts.flatMap((fact) => (fact.kind === "push" ? [fact.before] : []));
    const target = left.at(-1);
    if (target === undefined || target === before) return;
    repo.setBranch(branch, target, { by: "alice" });
  } else
    repo.push(branch, {
      by: "alice",
      message,
      ...(how === "rebuild" ? {} : { files }),
      ...(how === "on" ? {} : { force: true }),
    });
  scene.counts.acts += 1;
  const what = how === "on" ? `a change of ${path}` : how === "back" ? "back" : `anew (${how}, ${path})`;
  scene.say(`alice pushes ${what}: ${before.slice(0, 7)} → ${pull.headSha.slice(0, 7)}`);
  scene.pushed(before);
}

const partName = (part: "begin" | "end" | ItemId): string =>
  (items as readonly string[]).includes(part) ? `the item ${part}` : `the ${part} marker`;
