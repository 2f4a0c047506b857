import type { Incident, OutcomeStatus } from "../after/merge.ts";
import type { CommandItem, ParsedCommand } from "../commands/command.ts";
import { parseCommands } from "../commands/parse.ts";
import type { Checklist, Item, Party } from "../config/checklist.ts";
import type { Reply, Saying } from "../decision.ts";
import type { Exception, Ledger } from "../ledger.ts";
import type { Arrival } from "../push.ts";
import type { Operation } from "../sign-off/operation.ts";
import type { Right } from "../sign-off/rights.ts";
import { headless } from "../sign-off/tick.ts";
import type { Comment, Snapshot } from "../snapshot.ts";
import { type Needs, type PersonItem, rightAmong, rightToSign, shortSha } from "./circumstances.ts";
import { headAt } from "./head.ts";
import { dismissRule } from "./stale.ts";

/** What the new comments ask for, with their rights already looked at. */
export interface Commanded {
  /** By item. */
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
  readonly waivers: ReadonlyMap<string, Exception>;
  readonly override: Exception | null;
  /** Notify items to be announced (again), by item; who asked. */
  readonly announce: ReadonlyMap<string, string>;
  /** Notify items that were announced elsewhere. */
  readonly announced: ReadonlyMap<
    string,
    { readonly by: string; readonly link: string; readonly at: string }
  >;
  /** How the release ended, in the order in which it was said. */
  readonly outcomes: readonly SaidOutcome[];
  readonly incidents: readonly Incident[];
  /** Who asked for the final status to be sent again; null: nobody. */
  readonly again: string | null;
  /** Somebody with write access confirmed that a lost ledger is to start afresh. */
  readonly confirmed: boolean;
  readonly comments: Ledger["comments"];
  readonly replies: readonly Reply[];
}

/** Where a command stands: at an open release, at one that was merged, or in the follow-up of that. */
export type Stage = "gate" | "merged" | "follow-up";

export interface SaidOutcome {
  readonly status: OutcomeStatus;
  readonly note: string | null;
  readonly by: string;
  readonly at: string;
}

/** How many handled comments are remembered one by one. */
const remembered = 200;

/** Comments count once, from people, and only while nobody edited them: anyone with write access can edit anyone's. */
export function handleComments(
  checklist: Checklist,
  ledger: Ledger,
  snapshot: Snapshot,
  needs: Needs,
  stage: Stage = "gate",
): Commanded {
  const work = new Work(checklist, ledger.heads, snapshot, needs, stage);
  const items: CommandItem[] = checklist.items.map((item) => ({
    id: item.id,
    kind: item.kind,
    ...(item.kind === "manual" ? { questions: item.questions } : {}),
  }));
  const handled = new Set(ledger.comments.ids);
  const comments = snapshot.comments?.ok ? snapshot.comments.value : [];
  for (const comment of comments) {
    if (comment.author.kind === "bot" || comment.id <= ledger.comments.through || handled.has(comment.id))
      continue;
    const commands = parseCommands(comment.body, items);
    if (commands.length === 0) continue;
    handled.add(comment.id);
    work.handle(comment, commands);
  }
  const ids = [...handled].sort((a, b) => a - b);
  const through = ids.length > remembered ? (ids.at(-remembered - 1) ?? 0) : ledger.comments.through;
  return { ...work.done(), comments: { through, ids: ids.filter((id) => id > through) } };
}

class Work {
  readonly #operations = new Map<string, Operation[]>();
  readonly #waivers = new Map<string, Exception>();
  #override: Exception | null = null;
  readonly #announce = new Map<string, string>();
  readonly #announced = new Map<string, { by: string; link: string; at: string }>();
  readonly #outcomes: SaidOutcome[] = [];
  readonly #incidents: Incident[] = [];
  #again: string | null = null;
  #confirmed = false;
  readonly #replies: Reply[] = [];
  readonly #checklist: Checklist;
  readonly #heads: readonly Arrival[];
  readonly #snapshot: Snapshot;
  readonly #needs: Needs;
  readonly #stage: Stage;

  constructor(
    checklist: Checklist,
    heads: readonly Arrival[],
    snapshot: Snapshot,
    needs: Needs,
    stage: Stage,
  ) {
    this.#stage = stage;
    this.#heads = heads;
    this.#checklist = checklist;
    this.#snapshot = snapshot;
    this.#needs = needs;
  }

  done(): Omit<Commanded, "comments"> {
    return {
      operations: this.#operations,
      waivers: this.#waivers,
      override: this.#override,
      announce: this.#announce,
      announced: this.#announced,
      outcomes: this.#outcomes,
      incidents: this.#incidents,
      again: this.#again,
      confirmed: this.#confirmed,
      replies: this.#replies,
    };
  }

  handle(comment: Comment, commands: readonly ParsedCommand[]): void {
    const say: Saying[] = [];
    let refused = false;
    if (comment.edited) {
      say.push({
        kind: "note",
        text: "An edited comment does not count. Write the command in a new comment.",
      });
      refused = true;
    } else {
      for (const command of commands) {
        const answer = this.#run(comment, command);
        if (answer === null) continue;
        say.push(answer);
        refused ||= answer.kind === "note" || answer.kind === "refusal";
      }
    }
    this.#replies.push({
      comment: comment.id,
      author: comment.author.login,
      reaction: refused ? "confused" : "+1",
      say,
    });
  }

  /** Null: done, nothing to say. */
  #run(comment: Comment, command: ParsedCommand): Saying | null {
    const elsewhere = misplaced(command.kind, this.#stage);
    if (elsewhere !== null) return note(elsewhere);
    switch (command.kind) {
      case "wrong":
        return note(command.why);
      case "help":
      case "status":
        return { kind: command.kind };
      case "recheck":
        return this.#recheck(comment);
      case "sign":
      case "unsign":
        return this.#sign(comment, command);
      case "waive":
        return this.#waive(comment, command.item, command.reason);
      case "override":
        return this.#openAll(comment, command.reason);
      case "outcome":
        return this.#outcome(comment, command);
      case "incident":
        return this.#incident(comment, command.link);
      case "announce":
        if (this.#stage !== "gate") return this.#sendAgain(comment);
        return this.#announcement(comment, command);
      case "announced":
        return this.#announcement(comment, command);
    }
  }

  #recheck(comment: Comment): Saying | null {
    const isAuthor = comment.author.login.toLowerCase() === this.#snapshot.pull.author.login.toLowerCase();
    const right = rightAmong([{ type: "role", role: "write" }], comment.author, this.#snapshot, this.#needs);
    if (right.may === "yes") this.#confirmed = true;
    return isAuthor || right.may === "yes" ? null : refusal(right, "recheck");
  }

  /** Whoever is in charge, whoever signs items of the follow-up, and everybody with write access. */
  #mayTellOutcome(comment: Comment): Right {
    const signers = this.#checklist.items.flatMap((item) =>
      item.kind === "manual" ? item.signers.from : [],
    );
    const inCharge = this.#snapshot.pull.assignees.map((login) => ({ type: "user" as const, login }));
    const parties = uniqueParties([...inCharge, ...signers, writers]);
    return rightAmong(parties, comment.author, this.#snapshot, this.#needs);
  }

  #outcome(comment: Comment, { status, note }: Extract<ParsedCommand, { kind: "outcome" }>): Saying | null {
    const right = this.#mayTellOutcome(comment);
    if (right.may !== "yes") return refusal(right, "outcome");
    this.#outcomes.push({ status, note, by: comment.author.login, at: comment.at });
    return null;
  }

  #incident(comment: Comment, link: string): Saying | null {
    const right = this.#mayTellOutcome(comment);
    if (right.may !== "yes") return refusal(right, "incident");
    this.#incidents.push({ link, by: comment.author.login, at: comment.at });
    return null;
  }

  #sendAgain(comment: Comment): Saying | null {
    const right = this.#mayTellOutcome(comment);
    if (right.may !== "yes") return refusal(right, "announce");
    this.#again = comment.author.login;
    return null;
  }

  #sign(comment: Comment, command: Extract<ParsedCommand, { kind: "sign" | "unsign" }>): Saying | null {
    const refusals: string[] = [];
    for (const id of command.items) {
      const item = this.#item(id);
      if (item === undefined || (item.kind !== "manual" && item.kind !== "notify")) {
        refusals.push(`\`${id}\` is decided by the app`);
        continue;
      }
      const right = rightToSign(item, comment.author, this.#snapshot, this.#needs);
      if (right.may !== "yes") {
        refusals.push(`\`${id}\`: ${why(right)}`);
        continue;
      }
      // It is told below the item as well, until somebody signs.
      if (command.kind === "sign" && this.#isHeadless(item, comment)) refusals.push(`\`${id}\`: ${headless}`);
      this.#add(item, comment, command.kind === "sign" ? "tick" : "untick");
      if (command.kind === "sign") this.#answer(item, comment, command.answers);
    }
    return refusals.length === 0 ? null : notDone(`Not done for ${refusals.join("; ")}.`);
  }

  #isHeadless(item: PersonItem, comment: Comment): boolean {
    return dismissRule(item, this.#snapshot) !== false && this.#headAt(comment) === null;
  }

  #headAt({ at }: Comment): string | null {
    return headAt(at, this.#heads, this.#snapshot, this.#needs);
  }

  #add(item: PersonItem, comment: Comment, kind: "tick" | "untick"): void {
    const { sha } = this.#snapshot.pull.head;
    const base = { item: item.id, by: comment.author, at: comment.at, head: sha, tied: false };
    this.#push({ ...base, kind, sha, via: "comment" });
  }

  #answer(item: PersonItem, comment: Comment, answers: readonly string[]): void {
    if (item.kind !== "manual") return;
    item.questions.forEach((question, index) => {
      const text = answers[index];
      if (text === undefined || text === "") return;
      const base = { item: item.id, by: comment.author, at: comment.at, head: null, tied: false };
      this.#push({ ...base, kind: "answer", question: question.id, text, was: null, via: "comment" });
    });
  }

  #push(operation: Operation): void {
    this.#operations.set(operation.item, [...(this.#operations.get(operation.item) ?? []), operation]);
  }

  #waive(comment: Comment, id: string, reason: string): Saying | null {
    const right = rightAmong(this.#checklist.may.waive, comment.author, this.#snapshot, this.#needs);
    if (right.may !== "yes") return refusal(right, `waive ${id}`);
    const outdated = this.#outdated(comment, `waive ${id}`);
    if (outdated !== null) return outdated;
    this.#waivers.set(id, this.#exception(comment, reason));
    return null;
  }

  #openAll(comment: Comment, reason: string): Saying | null {
    const right = rightAmong(this.#checklist.may.override, comment.author, this.#snapshot, this.#needs);
    if (right.may !== "yes") return refusal(right, "override");
    const outdated = this.#outdated(comment, "override");
    if (outdated !== null) return outdated;
    this.#override = this.#exception(comment, reason);
    return null;
  }

  /** It was not written for the present content, or nobody can tell that it was; null: it was. */
  #outdated(comment: Comment, command: string): Saying | null {
    if (this.#stage !== "gate") return null;
    const { sha } = this.#snapshot.pull.head;
    const meant = this.#headAt(comment);
    if (meant === sha || (meant !== null && this.#isSameContent(meant))) return null;
    const now = shortSha(sha);
    const why =
      meant === null
        ? `nobody can tell that it was meant for ${now}, which is the head now`
        : `when it was written, the head was ${shortSha(meant)}, and now it is ${now}`;
    return notDone(`\`/checklist ${command}\` was not done: ${why}. Look at that, and write it again.`);
  }

  #isSameContent(sha: string): boolean {
    const comparison = this.#snapshot.comparisons.get(sha);
    if (comparison === undefined) this.#needs.add({ kind: "comparison", sha });
    return comparison?.ok === true && comparison.value.sameTree;
  }

  #exception(comment: Comment, reason: string): Exception {
    const { pull } = this.#snapshot;
    return { by: comment.author.login, at: comment.at, reason, sha: pull.head.sha, tree: pull.tree };
  }

  #announcement(
    comment: Comment,
    command: Extract<ParsedCommand, { kind: "announce" | "announced" }>,
  ): Saying | null {
    const chosen = this.#checklist.items.filter(
      (item) => item.kind === "notify" && (command.items.length === 0 || command.items.includes(item.id)),
    );
    if (chosen.length === 0) return note("This checklist announces nothing.");
    const refusals: string[] = [];
    for (const item of chosen) {
      if (item.kind !== "notify") continue;
      const right = rightToSign(item, comment.author, this.#snapshot, this.#needs);
      if (right.may !== "yes") {
        refusals.push(`\`${item.id}\`: ${why(right)}`);
        continue;
      }
      this.#add(item, comment, "tick");
      if (command.kind === "announce") this.#announce.set(item.id, comment.author.login);
      else this.#announced.set(item.id, { by: comment.author.login, link: command.link, at: comment.at });
    }
    return refusals.length === 0 ? null : notDone(`Not done for ${refusals.join("; ")}.`);
  }

  #item(id: string): Item | undefined {
    return this.#checklist.items.find((item) => item.id === id);
  }
}

const writers: Party = { type: "role", role: "write" };

const uniqueParties = (parties: readonly Party[]): readonly Party[] => [
  ...new Map(parties.map((one) => [JSON.stringify(one), one])).values(),
];

/** Why a command does nothing here; null: it may. */
function misplaced(kind: ParsedCommand["kind"], stage: Stage): string | null {
  const late = kind === "outcome" || kind === "incident";
  if (stage === "gate")
    return late ? `\`/checklist ${kind}\` is for a release that was merged. This one is still open.` : null;
  if (["wrong", "help", "status", "recheck", "announce"].includes(kind) || late) return null;
  if (stage === "merged" || kind === "override" || kind === "announced")
    return `This release was merged: \`/checklist ${kind}\` comes too late. \`/checklist outcome\` says how it ended.`;
  return null;
}

const note = (text: string): Saying => ({ kind: "note", text });
const notDone = (text: string): Saying => ({ kind: "refusal", text });

const why = (right: Right): string =>
  right.may === "no"
    ? right.why
    : right.may === "unknown"
      ? `${right.problem.what} cannot be read (${right.problem.why}); write the command again when that is repaired`
      : "";

const refusal = (right: Right, command: string): Saying =>
  notDone(`\`/checklist ${command}\` was not done: ${why(right)}.`);
