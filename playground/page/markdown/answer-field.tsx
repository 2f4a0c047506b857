import { useEffect, useId, useState } from "preact/hooks";

export interface AnswerFieldProps {
  readonly question: string;
  readonly answer: string;
  readonly tied: boolean;
  readonly save: (answer: string) => void;
}

/** A question with its answer. What somebody is writing stays, whatever arrives meanwhile. */
export function AnswerField({ question, answer, tied, save }: AnswerFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  // What was saved is here, and nobody writes any more.
  useEffect(() => setDraft((current) => (current?.trim() === answer ? null : current)), [answer]);
  const text = draft ?? answer;
  const changed = !tied && draft !== null && draft.trim() !== answer;
  return (
    <li class="question">
      <label for={id}>{question}</label>
      <div class="answer">
        <textarea
          id={id}
          rows={1}
          readOnly={tied}
          value={text}
          placeholder="Answer missing"
          onInput={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            if (changed) save(text.trim());
          }}
        />
        <button type="button" class="small" disabled={!changed} onClick={() => save(text.trim())}>
          Save<span class="unseen"> the answer to “{question}”</span>
        </button>
      </div>
    </li>
  );
}
