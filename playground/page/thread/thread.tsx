import type { RepoView, ThreadView } from "../../serve/view.ts";
import { stateWords } from "../icons.tsx";
import { Checks } from "./checks.tsx";
import { Comments } from "./comments.tsx";
import { Description } from "./description.tsx";
import { MergeBox } from "./merge-box.tsx";

export interface ThreadProps {
  readonly thread: ThreadView;
  readonly repo: RepoView;
  /** All there are. */
  readonly threads: readonly ThreadView[];
}

/** A pull request or an issue, with all that people do in it. */
export function Thread({ thread, repo, threads }: ThreadProps) {
  const { title, number, state, author, pull, assignees, labels } = thread;
  const followUp = threads.find(({ kind, title }) => kind === "issue" && title.endsWith(`(#${number})`));
  return (
    <article class="thread" aria-labelledby="title">
      <h2 id="title">
        {title} <span class="number">#{number}</span>
      </h2>
      <p class="byline">
        <span class={`state ${state}`}>{stateWords[state]}</span>
        {pull === null ? (
          <span>
            <b>{author}</b> opened this in {repo.name}
          </span>
        ) : (
          <span>
            <b>{author}</b> {state === "open" ? "wants" : "wanted"} to merge{" "}
            {counted(pull.commits.length, "commit")} into <code>{pull.base}</code> from{" "}
            <code>{pull.head}</code> at <code>{pull.sha.slice(0, 7)}</code>
          </span>
        )}
        {assignees.length > 0 && <span>· assigned to {assignees.join(", ")}</span>}
        {labels.map((label) => (
          <span class="label" key={label}>
            {label}
          </span>
        ))}
      </p>
      <Description thread={thread} />
      {pull !== null && (
        <>
          <Checks checks={pull.checks} />
          <MergeBox thread={thread} pull={pull} followUp={followUp} />
        </>
      )}
      <Comments thread={thread} />
    </article>
  );
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
