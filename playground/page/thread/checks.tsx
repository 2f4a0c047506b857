import { useState } from "preact/hooks";
import type { CheckView } from "../../serve/view.ts";
import { useDoing } from "../doing.ts";
import { CheckIcon } from "../icons.tsx";
import { Markdown } from "../markdown/markdown.tsx";

/** The list of checks, ours opened. */
export function Checks({ checks }: { checks: readonly CheckView[] }) {
  const green = checks.filter(({ state }) => state === "success" || state === "neutral").length;
  return (
    <section class="card checks" aria-labelledby="checks">
      <div class="card-head">
        <h3 id="checks">Checks</h3>
        <span class="muted">
          {green} of {checks.length} passed
        </span>
      </div>
      <ul>
        {checks.map((check) => (
          <Check key={`${check.by} ${check.name}`} check={check} />
        ))}
      </ul>
    </section>
  );
}

function Check({ check }: { check: CheckView }) {
  const { name, by, required, state, word, title, ours } = check;
  const [open, setOpen] = useState(ours);
  const line = (
    <>
      <CheckIcon state={state} />
      <span class="check-name">
        <b>{name}</b> <span class="muted">{title === "" ? words(word) : title}</span>
      </span>
      {required && <span class="label">Required</span>}
      {by !== "" && <span class="muted by">{by}</span>}
    </>
  );
  if (!ours) return <li class="check-line">{line}</li>;
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="check-line">{line}</summary>
        <Opened check={check} />
      </details>
    </li>
  );
}

const words = (word: string): string => word.replaceAll("_", " ");

function Opened({ check }: { check: CheckView }) {
  const { id, actions, annotations, summary, text } = check;
  const { busy, perform } = useDoing();
  return (
    <div class="check-body">
      {actions.length > 0 && (
        <div class="row">
          {actions.map(({ id: button, label, description }) => (
            <button
              key={button}
              type="button"
              class="small"
              title={description}
              disabled={busy || id === null}
              onClick={() => id !== null && void perform({ do: "press", check: id, button })}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {annotations.map(({ path, line, level, message }) => (
        <div class={`annotation ${level}`} key={`${line} ${message}`}>
          <span class="where">
            {path}, line {line} · {level}
          </span>
          <p>{message}</p>
        </div>
      ))}
      <Markdown source={summary} heading={4} />
      {text !== "" && (
        <details class="record">
          <summary>The record that the app keeps in this check</summary>
          <Markdown source={text} heading={4} />
        </details>
      )}
    </div>
  );
}
