import { type CheckRunHandle, type PullHandle, Refused } from "../github/index.ts";
import { requiredCheck } from "./checklist.ts";
import { itemOf, plain } from "./show.ts";
import type { Stage } from "./stage.ts";
import type { Sight } from "./step.ts";

/** A stage with the pull request that the story is about. */
export class Scene {
  readonly stage: Stage;
  /** Why GitHub refused the last attempt to merge. */
  refusal: readonly string[] = [];
  #pull: PullHandle | undefined;
  #messagesBefore: number;

  constructor(stage: Stage) {
    this.stage = stage;
    this.#messagesBefore = stage.slack.messages.length;
  }

  get pull(): PullHandle {
    if (this.#pull === undefined) throw new Error("No pull request is open yet");
    return this.#pull;
  }

  open(options: Parameters<Stage["repo"]["openPull"]>[0]): void {
    this.#pull = this.stage.repo.openPull(options);
  }

  /** Changes the description in the web page, which stores CRLF. */
  edit(by: string, change: (body: string) => string): void {
    this.pull.edit({ by, body: change(this.pull.body).replace(/\r\n/g, "\n"), viaWeb: true });
  }

  tryToMerge(by: string): void {
    try {
      this.pull.merge({ by });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refusal = error.reasons;
    }
  }

  /** The app's check on the head as GitHub counts it: the newest. */
  get check(): CheckRunHandle | undefined {
    return this.stage.repo.checkRuns(this.pull.headSha, requiredCheck).at(-1);
  }

  get title(): string {
    return this.check?.record.output.title ?? "";
  }

  get summary(): string {
    return this.check?.record.output.summary ?? "";
  }

  /** The check's line for this item: what its state is, and by what evidence. */
  row(title: string): string {
    return this.summary.split("\n").find((line) => line.startsWith(`| ${title} |`)) ?? "";
  }

  item(id: string): string[] {
    return itemOf(this.pull.body, id);
  }

  isTicked(...ids: readonly string[]): boolean {
    return ids.every((id) => this.item(id)[0]?.startsWith("- [x]") === true);
  }

  /** Slack messages since the story began. */
  get messages(): readonly { readonly text: string | undefined }[] {
    return this.stage.slack.messages.slice(this.#messagesBefore);
  }
}

export const sight = (there: boolean, ...shows: readonly (string | readonly string[])[]): Sight => ({
  there,
  shows: shows.flat(),
});

/** The check's line in the list of checks. */
export function checkLine({ check, title }: Scene): string {
  const state = check === undefined ? "Expected" : (check.conclusion ?? check.status);
  return `${requiredCheck}: ${state}${title === "" ? "" : `, "${title}"`}`;
}

export const wholeCheck = (scene: Scene): string[] => [
  checkLine(scene),
  ...plain(scene.summary).map((line) => (line === "" ? "" : `  ${line}`)),
];

export const description = (scene: Scene): string[] => plain(scene.pull.body);
