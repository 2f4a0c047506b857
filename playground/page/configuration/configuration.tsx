import type { EditorView } from "@codemirror/view";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConfigurationView, FindingView, RepoView, ThreadView } from "../../serve/view.ts";
import { validate } from "../ask.ts";
import { useDoing } from "../doing.ts";
import { createEditor } from "./editor.ts";
import { Given } from "./given.tsx";

/** The editor of the configuration, what is wrong with it as one writes, and the checklist that it gives. */
export function Configuration({ repo, threads }: { repo: RepoView; threads: readonly ThreadView[] }) {
  const { busy, by, perform } = useDoing();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const [text, setText] = useState(repo.configuration);
  const [said, setSaid] = useState<ConfigurationView | null>(null);
  const pull = threads.find(({ kind, state }) => kind === "pull" && state === "open");
  // The editor is made once, with what is there then.
  useEffect(() => {
    if (place.current === null) return;
    const view = createEditor({
      parent: place.current,
      text: repo.configuration,
      changed: setText,
      check: async (now) => {
        const answer = await validate(now);
        setSaid(answer);
        return answer.findings;
      },
    });
    editor.current = view;
    return () => view.destroy();
  }, []);
  const changed = text !== repo.configuration;
  const show = ({ line, column }: FindingView) => {
    const view = editor.current;
    if (view === null) return;
    const at = view.state.doc.line(Math.min(line, view.state.doc.lines));
    view.dispatch({ selection: { anchor: Math.min(at.from + column - 1, at.to) }, scrollIntoView: true });
    view.focus();
  };
  const revert = () => {
    const view = editor.current;
    view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: repo.configuration } });
  };
  return (
    <div class="configuration">
      <section class="card" aria-labelledby="file">
        <div class="card-head">
          <h2 id="file">{repo.configurationFile}</h2>
          <span class="muted push">
            {repo.name}, {repo.defaultBranch} at {repo.commit.slice(0, 7)}
          </span>
        </div>
        <div class="editor" ref={place} />
        <Findings said={said} show={show} />
        <div class="card-body">
          <p id="keys" class="muted">
            Escape, then Tab, leaves the editor.
          </p>
          <div class="row">
            <button
              type="button"
              class="primary"
              disabled={busy || !changed}
              onClick={() => void perform({ do: "configure", text, number: null })}
            >
              Commit to {repo.defaultBranch} as {by}
            </button>
            {pull?.pull && (
              <button
                type="button"
                disabled={busy || !changed}
                onClick={() => void perform({ do: "configure", text, number: pull.number })}
              >
                Push to {pull.pull.head} instead
              </button>
            )}
            <button type="button" disabled={!changed} onClick={revert}>
              Undo all
            </button>
          </div>
        </div>
      </section>
      {said?.given && <Given given={said.given} />}
    </div>
  );
}

function Findings({ said, show }: { said: ConfigurationView | null; show: (finding: FindingView) => void }) {
  return (
    <section class="card-body findings" aria-labelledby="findings">
      <div class="row">
        <h3 id="findings">Findings</h3>
        <span class="muted push">
          as <code>release-checklist validate</code> tells them
        </span>
      </div>
      <div role="status">
        {said !== null && <p>{conclusion(said)}</p>}
        {said !== null && said.findings.length > 0 && (
          <ul>
            {said.findings.map((finding) => (
              <li key={`${finding.line} ${finding.column} ${finding.message}`} class={finding.severity}>
                <button type="button" class="small" onClick={() => show(finding)}>
                  Line {finding.line}
                </button>{" "}
                <span>{finding.message}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function conclusion({ kind, findings, given }: ConfigurationView): string {
  if (given !== null) return `Valid: ${given.items} ${given.items === 1 ? "item" : "items"}.`;
  if (kind === "none") return 'There is no "checklist" in it: nothing is configured here.';
  return `Broken: ${findings.length} ${findings.length === 1 ? "mistake" : "mistakes"}. The newest valid version would go on deciding.`;
}
