import type { MachineView, PersonView, RepoView, ThreadView } from "../../serve/view.ts";
import { type Deed, useDoing } from "../doing.ts";
import { CheckIcon } from "../icons.tsx";

interface HappeningsProps {
  readonly machines: readonly MachineView[];
  readonly repo: RepoView;
  readonly thread: ThreadView;
  readonly people: readonly PersonView[];
}

/** Buttons for what happens around a release. */
export function Happenings({ machines, repo, thread, people }: HappeningsProps) {
  const { number, pull, state } = thread;
  const open = pull !== null && state === "open";
  return (
    <section class="card" aria-labelledby="happenings">
      <div class="card-head">
        <h2 id="happenings">Make something happen</h2>
      </div>
      <div class="card-body happenings">
        {machines.length > 0 && <Machines machines={machines} />}
        {open && (
          <Group title="The branch">
            <DeedButton of={{ do: "push", number, what: "code" }}>Push a commit</DeedButton>
            <DeedButton of={{ do: "push", number, what: "migration" }}>Push a migration</DeedButton>
          </Group>
        )}
        {state === "open" && (
          <Group title="The description">
            <DeedButton of={{ do: "delete-block", number }}>Delete the checklist</DeedButton>
            {open && <DeedButton of={{ do: "bot-rewrite", number }}>Let a bot rewrite it</DeedButton>}
          </Group>
        )}
        {repo.window !== null && (
          <Group title={`The release window is ${repo.window}`}>
            {repo.window === "open" ? (
              <DeedButton of={{ do: "window", to: "closed" }}>Close it</DeedButton>
            ) : (
              <DeedButton of={{ do: "window", to: "open" }}>Open it</DeedButton>
            )}
          </Group>
        )}
        {state === "open" && <InCharge thread={thread} people={people} />}
      </div>
    </section>
  );
}

function Group({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <div class="group">
      <h3>{title}</h3>
      <div class="row">{children}</div>
    </div>
  );
}

function DeedButton({ of, children }: { of: Deed; children: preact.ComponentChildren }) {
  const { busy, perform } = useDoing();
  return (
    <button type="button" class="small" disabled={busy} onClick={() => void perform(of)}>
      {children}
    </button>
  );
}

const words: Readonly<Record<MachineView["state"], string>> = {
  never: "never started",
  running: "running",
  success: "passed",
  failure: "failed",
};

const madeWords = { ...words, never: "not made yet", success: "made" };

const icon = { never: "expected", running: "running", success: "success", failure: "failure" } as const;

function Machines({ machines }: { machines: readonly MachineView[] }) {
  const { busy, perform } = useDoing();
  const left = machines.filter(({ state }) => state !== "success");
  const report = (machine: string, how: MachineView["can"][number]) =>
    perform({ do: "report", machine, how });
  const passAll = async () => {
    for (const { id, can } of left) await report(id, can.includes("pass") ? "pass" : "make");
  };
  return (
    <div class="group">
      <h3>Machines report</h3>
      <ul class="machines">
        {machines.map(({ id, title, what, can, state }) => (
          <li key={id}>
            <CheckIcon state={icon[state]} />
            <span class="machine">
              {what} <span class="muted">{can.includes("make") ? madeWords[state] : words[state]}</span>
            </span>
            <span class="buttons" title={title}>
              {can.map((how) => (
                <button
                  key={how}
                  type="button"
                  class="small"
                  disabled={busy}
                  onClick={() => void report(id, how)}
                >
                  {how[0]?.toUpperCase()}
                  {how.slice(1)}
                  <span class="unseen"> {what}</span>
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {machines.length > 1 && (
        <button
          type="button"
          class="small"
          disabled={busy || left.length === 0}
          onClick={() => void passAll()}
        >
          Let all pass
        </button>
      )}
    </div>
  );
}

function InCharge({ thread, people }: { thread: ThreadView; people: readonly PersonView[] }) {
  const { busy, perform } = useDoing();
  const humans = people.filter(({ login }) => !login.endsWith("[bot]"));
  return (
    <div class="group">
      <label for="assignee">In charge (the assignee)</label>
      <select
        id="assignee"
        disabled={busy}
        value={thread.assignees[0] ?? ""}
        onChange={(event) =>
          void perform({ do: "assign", number: thread.number, whom: event.currentTarget.value })
        }
      >
        <option value="">nobody</option>
        {humans.map(({ login }) => (
          <option key={login} value={login}>
            {login}
          </option>
        ))}
      </select>
    </div>
  );
}
