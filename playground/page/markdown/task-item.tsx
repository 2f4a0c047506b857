import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface TaskItemProps {
  readonly ticked: boolean;
  readonly title: ComponentChildren;
  /** What stands on further lines: help, and why a tick was taken back. */
  readonly notes: readonly (readonly ComponentChildren[])[];
  readonly change: ((ticked: boolean) => void) | undefined;
  readonly children: ComponentChildren;
}

/** An entry of a task list. The box shows what the description says: what is clicked comes back from there. */
export function TaskItem({ ticked, title, notes, change, children }: TaskItemProps) {
  const id = useId();
  return (
    <li class="task">
      <input
        type="checkbox"
        id={id}
        checked={ticked}
        disabled={change === undefined}
        aria-describedby={notes.length > 0 ? `${id}-notes` : undefined}
        onClick={(event) => {
          event.preventDefault();
          change?.(!ticked);
        }}
      />
      <label for={id}>{title}</label>
      {notes.length > 0 && (
        <div class="notes" id={`${id}-notes`}>
          {notes.map((note, index) => (
            <div key={index} class={isWarning(note) ? "warns" : undefined}>
              {note}
            </div>
          ))}
        </div>
      )}
      {children}
    </li>
  );
}

const isWarning = ([first]: readonly ComponentChildren[]): boolean =>
  typeof first === "string" && first.startsWith("⚠");
