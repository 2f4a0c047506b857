import { useId, useState } from "preact/hooks";
import type { ThreadView } from "../../serve/view.ts";
import { Avatar } from "../avatar.tsx";
import { useDoing } from "../doing.ts";
import type { Hands } from "../markdown/hands.ts";
import { Markdown } from "../markdown/markdown.tsx";

export function Description({ thread }: { thread: ThreadView }) {
  const { busy, perform } = useDoing();
  const { number, body, author } = thread;
  const [editing, setEditing] = useState<string | null>(null);
  const hands: Hands = {
    tied: busy,
    box: (at, ticked) => void perform({ do: "box", number, at, line: body.split(/\r?\n/)[at] ?? "", ticked }),
    answer: (item, question, text) => void perform({ do: "answer", number, item, question, text }),
  };
  return (
    <section class="card" aria-label="Description">
      <div class="card-head">
        <Avatar login={author} />
        <b>{author}</b> described it
        <button
          type="button"
          class="small push"
          disabled={busy || editing !== null}
          onClick={() => setEditing(body)}
        >
          Edit text
        </button>
      </div>
      <div class="card-body">
        {editing === null ? (
          <Markdown source={body} heading={3} hands={hands} />
        ) : (
          <Editor thread={thread} was={editing} close={() => setEditing(null)} />
        )}
      </div>
    </section>
  );
}

/** The whole text, as people with no box to click edit it. */
function Editor({ thread, was, close }: { thread: ThreadView; was: string; close: () => void }) {
  const { perform, by } = useDoing();
  const id = useId();
  const [text, setText] = useState(was.replaceAll("\r\n", "\n"));
  const save = async (over: string) => {
    const outcome = await perform({ do: "edit", number: thread.number, was: over, body: text });
    if (outcome.ok) close();
  };
  const changed = thread.body !== was;
  return (
    <div class="edit">
      <label for={id}>Text of the description</label>
      <textarea
        id={id}
        rows={Math.min(30, text.split("\n").length + 2)}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        spellcheck={false}
      />
      {changed && (
        <p class="warning" role="status">
          It has changed since you began. Saving writes your text over it; the app puts back what is its own.
        </p>
      )}
      <div class="row">
        <button type="button" class="primary" onClick={() => void save(changed ? thread.body : was)}>
          Save as {by}
        </button>
        <button type="button" onClick={close}>
          Cancel
        </button>
      </div>
    </div>
  );
}
