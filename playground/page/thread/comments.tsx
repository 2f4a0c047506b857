import { useId, useState } from "preact/hooks";
import type { CommentView, ThreadView } from "../../serve/view.ts";
import { Avatar } from "../avatar.tsx";
import { useDoing } from "../doing.ts";
import { Markdown } from "../markdown/markdown.tsx";

const signs: Readonly<Record<string, string>> = {
  "+1": "👍",
  "-1": "👎",
  eyes: "👀",
  rocket: "🚀",
  heart: "❤️",
  hooray: "🎉",
  laugh: "😄",
  confused: "😕",
};

export function Comments({ thread }: { thread: ThreadView }) {
  const { comments, number } = thread;
  return (
    <section class="comments" aria-labelledby="conversation">
      <h3 id="conversation">Conversation</h3>
      {comments.map((comment) => (
        <Comment key={comment.id} comment={comment} />
      ))}
      {comments.length === 0 && <p class="muted">Nobody has commented yet.</p>}
      <Write number={number} proposals={thread.kind === "pull" ? beforeMerge : afterMerge} />
    </section>
  );
}

function Comment({ comment: { author, at, body, reactions } }: { comment: CommentView }) {
  return (
    <section class="card" aria-label={`Comment by ${author}`}>
      <div class="card-head">
        <Avatar login={author} />
        <b>{author}</b>
        <time dateTime={at} class="muted">
          {at.slice(11, 16)} UTC
        </time>
      </div>
      <div class="card-body">
        <Markdown source={body} heading={4} />
        {reactions.length > 0 && (
          <p class="reactions">
            {reactions.map(({ by, content }) => (
              <span key={`${by} ${content}`}>
                <span aria-hidden="true">{signs[content] ?? content}</span>{" "}
                <span class="muted">
                  <span class="unseen">{content} by </span>
                  {by}
                </span>
              </span>
            ))}
          </p>
        )}
      </div>
    </section>
  );
}

const afterMerge = [
  "/checklist help",
  "/checklist status",
  "/checklist outcome rolled-back Errors above 5 %, so 1.3.2 runs again.",
  "/checklist incident https://status.example.com/42",
];

const beforeMerge = [
  "/checklist help",
  "/checklist status",
  "/checklist sign rollback",
  "/checklist waive migrations The table is new and empty.",
  "/checklist override The shop is down, and this repairs it.",
  "/checklist announce",
];

function Write({ number, proposals }: { number: number; proposals: readonly string[] }) {
  const { busy, by, perform } = useDoing();
  const [text, setText] = useState("");
  const id = useId();
  const send = async () => {
    const outcome = await perform({ do: "comment", number, body: text });
    if (outcome.ok) setText("");
  };
  return (
    <form
      class="card write"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") void send();
      }}
    >
      <div class="card-body">
        <label for={id}>Comment</label>
        <textarea
          id={id}
          rows={3}
          value={text}
          placeholder="/checklist help"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
              event.currentTarget.form?.requestSubmit();
          }}
        />
        <div class="proposals">
          {proposals.map((proposal) => (
            <button key={proposal} type="button" class="small plain" onClick={() => setText(proposal)}>
              {proposal.split(" ").slice(0, 2).join(" ")}
            </button>
          ))}
        </div>
        <button type="submit" disabled={busy || text.trim() === ""}>
          Comment as {by}
        </button>
      </div>
    </form>
  );
}
