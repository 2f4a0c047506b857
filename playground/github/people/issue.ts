import { atLeast, roleOf } from "../access.ts";
import { personOf } from "../actions/accounts.ts";
import { addComment, react } from "../actions/comments.ts";
import { assign, editText, unassign } from "../actions/issues.ts";
import { addLabels, removeLabel } from "../actions/labels.ts";
import { closeIssue, reopenIssue } from "../actions/pulls.ts";
import { Refused } from "../errors.ts";
import type { Account, Actor, Issue } from "../model.ts";
import { fullName, type World } from "../world.ts";
import { type By, demand, resolveBy } from "./by.ts";
import { CommentHandle } from "./comment.ts";

/** What people do with an issue, and, by inheritance, with a pull request. */
export class IssueHandle<Of extends Issue = Issue> {
  readonly record: Of;
  protected readonly world: World;

  constructor(world: World, record: Of) {
    this.world = world;
    this.record = record;
  }

  get number(): number {
    return this.record.number;
  }

  get title(): string {
    return this.record.title;
  }

  get body(): string {
    return this.record.body;
  }

  get state(): "open" | "closed" {
    return this.record.state;
  }

  get labels(): string[] {
    return this.record.labels.map((label) => label.name);
  }

  get assignees(): string[] {
    return this.record.assignees.map((account) => account.login);
  }

  get comments(): CommentHandle[] {
    return this.record.comments.map((comment) => new CommentHandle(this.world, comment));
  }

  /** The author may edit, and so may those with write access. */
  protected editor(by: By): Actor {
    const actor = resolveBy(this.world, by);
    const { repo, user } = this.record;
    if (actor.account !== user && !actor.app && !atLeast(roleOf(repo, actor.account), "write")) {
      throw new Refused(`${actor.account.login} may not edit ${fullName(repo)}#${this.number}`, [
        "Only its author and those with write access may.",
      ]);
    }
    return actor;
  }

  protected triager(by: By, what: string): Actor {
    const actor = resolveBy(this.world, by);
    demand(this.record.repo, actor, "triage", what);
    return actor;
  }

  edit(fields: { by: By; title?: string; body?: string; viaWeb?: boolean }): void {
    const { by, viaWeb, ...texts } = fields;
    const body = texts.body !== undefined && viaWeb ? texts.body.replace(/\r?\n/g, "\r\n") : texts.body;
    editText(this.world, this.record, { ...texts, ...(body === undefined ? {} : { body }) }, this.editor(by));
  }

  label(name: string, { by }: { by: By }): void {
    addLabels(this.world, this.record, [name], this.triager(by, "label"));
  }

  unlabel(name: string, { by }: { by: By }): void {
    removeLabel(this.world, this.record, name, this.triager(by, "label"));
  }

  #accounts(logins: readonly string[]): Account[] {
    return logins.map((login) => personOf(this.world, login));
  }

  assign(logins: string | readonly string[], { by }: { by: By }): void {
    assign(this.world, this.record, this.#accounts([logins].flat()), this.triager(by, "assign"));
  }

  unassign(logins: string | readonly string[], { by }: { by: By }): void {
    unassign(this.world, this.record, this.#accounts([logins].flat()), this.triager(by, "assign"));
  }

  #closer(by: By): Actor {
    const actor = resolveBy(this.world, by);
    if (actor.account !== this.record.user) demand(this.record.repo, actor, "triage", "close or reopen");
    return actor;
  }

  close({ by }: { by: By }): void {
    closeIssue(this.world, this.record, this.#closer(by));
  }

  reopen({ by }: { by: By }): void {
    reopenIssue(this.world, this.record, this.#closer(by));
  }

  /** Whoever can read can comment. */
  comment({ by, body }: { by: By; body: string }): CommentHandle {
    const actor = resolveBy(this.world, by);
    demand(this.record.repo, actor, "read", "comment");
    return new CommentHandle(this.world, addComment(this.world, this.record, body, actor));
  }

  react({ by, content }: { by: By; content: string }): void {
    react(this.world, this.record, content, resolveBy(this.world, by).account);
  }

  /** Takes a version out of the edit history, as the web page can; 0 is the oldest. Its place stays. */
  deleteVersion(index: number): void {
    const revision = this.record.revisions[index];
    if (!revision) throw new Error(`#${this.number} has no version ${index}`);
    revision.deletedAt = this.world.now();
  }

  /** The versions of the body, oldest first; none when it was never edited. */
  get history(): Array<{ by: string | null; at: string; body: string }> {
    return this.record.revisions.map((one) => ({
      by: one.editor?.login ?? null,
      at: one.editedAt,
      body: one.body,
    }));
  }
}
