import { type MergeMethod, mergeableState, mergeBlockers, mergePull } from "../actions/merge.ts";
import { editPull, setDraft } from "../actions/pulls.ts";
import { dequeue, enqueue } from "../actions/queue.ts";
import { Refused } from "../errors.ts";
import type { Actor, Pull, QueueEntry } from "../model.ts";
import { type By, demand, resolveBy } from "./by.ts";
import { IssueHandle } from "./issue.ts";

/** What people do with a pull request. */
export class PullHandle extends IssueHandle<Pull> {
  get headSha(): string {
    return this.record.head.sha;
  }

  get head(): string {
    return this.record.headRef;
  }

  get base(): string {
    return this.record.baseRef;
  }

  get draft(): boolean {
    return this.record.draft;
  }

  get merged(): boolean {
    return this.record.merged;
  }

  get mergeCommitSha(): string | null {
    return this.record.mergeCommitSha;
  }

  /** `viaWeb` stores CRLF line ends, as the web page does. */
  override edit(fields: { by: By; title?: string; body?: string; base?: string; viaWeb?: boolean }): void {
    const { by, viaWeb, ...changes } = fields;
    const body = changes.body !== undefined && viaWeb ? changes.body.replace(/\r?\n/g, "\r\n") : changes.body;
    editPull(
      this.world,
      this.record,
      { ...changes, ...(body === undefined ? {} : { body }) },
      this.editor(by),
    );
  }

  #owner(by: By): Actor {
    const actor = resolveBy(this.world, by);
    if (actor.account !== this.record.user)
      demand(this.record.repo, actor, "write", "change the draft state");
    return actor;
  }

  toDraft({ by }: { by: By }): void {
    setDraft(this.world, this.record, true, this.#owner(by));
  }

  ready({ by }: { by: By }): void {
    setDraft(this.world, this.record, false, this.#owner(by));
  }

  /** Why the merge button is grey, one line each; empty when it is green. */
  blockers(by?: By): string[] {
    return mergeBlockers(this.record, by === undefined ? undefined : resolveBy(this.world, by));
  }

  get mergeableState(): string {
    return mergeableState(this.record);
  }

  /**
   * Merges and returns the SHA of the new commit on the base.
   *
   * @throws Refused with the reasons when GitHub would not let this person merge now
   */
  merge({ by, method }: { by: By; method?: MergeMethod }): string {
    const actor = resolveBy(this.world, by);
    demand(this.record.repo, actor, "write", "merge");
    return mergePull(this.world, this.record, method ?? "merge", actor).sha;
  }

  /** Puts the pull request into the merge queue and returns where its group's checks are to be reported. */
  enqueue({ by }: { by: By }): { headSha: string; headRef: string; baseSha: string } | undefined {
    const actor = resolveBy(this.world, by);
    demand(this.record.repo, actor, "write", "merge");
    const { group } = enqueue(this.world, this.record, actor);
    return group && { headSha: group.head.sha, headRef: group.ref, baseSha: group.base.sha };
  }

  #entry(): QueueEntry {
    const { queueEntry } = this.record;
    if (!queueEntry) throw new Refused("The pull request is not in the merge queue");
    return queueEntry;
  }

  /** Takes it out of the queue: by a person, or because its checks did not come in time. */
  dequeue({ by, reason }: { by: By; reason?: "MANUAL" | "CI_TIMEOUT" }): void {
    dequeue(this.world, this.#entry(), reason ?? "MANUAL", resolveBy(this.world, by));
  }

  /** The group in the merge queue, while it is queued. */
  get group(): { headSha: string; headRef: string; baseSha: string } | undefined {
    const group = this.record.queueEntry?.group;
    return group && { headSha: group.head.sha, headRef: group.ref, baseSha: group.base.sha };
  }
}
