import { deleteComment, editComment, react } from "../actions/comments.ts";
import type { Actor, Comment } from "../model.ts";
import type { World } from "../world.ts";
import { type By, demand, resolveBy } from "./by.ts";

/** What people do with a comment. */
export class CommentHandle {
  readonly record: Comment;
  readonly #world: World;

  constructor(world: World, record: Comment) {
    this.#world = world;
    this.record = record;
  }

  get id(): number {
    return this.record.id;
  }

  get body(): string {
    return this.record.body;
  }

  get author(): string {
    return this.record.user.login;
  }

  #changer(by: By | undefined): Actor {
    const actor = resolveBy(this.#world, by ?? this.record.user);
    const { repo } = this.record.issue;
    if (actor.account !== this.record.user) demand(repo, actor, "write", "change the comments of others");
    return actor;
  }

  edit({ by, body }: { by?: By; body: string }): void {
    editComment(this.#world, this.record, body, this.#changer(by));
  }

  delete({ by }: { by?: By } = {}): void {
    deleteComment(this.#world, this.record, this.#changer(by));
  }

  react({ by, content }: { by: By; content: string }): void {
    react(this.#world, this.record, content, resolveBy(this.#world, by).account);
  }

  get reactions(): Array<{ by: string; content: string }> {
    return this.record.reactions.map((one) => ({ by: one.user.login, content: one.content }));
  }
}
