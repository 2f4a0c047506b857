import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import { EditorState, type Text } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { FindingView } from "../../serve/view.ts";

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly changed: (text: string) => void;
  /** What is wrong with the text. */
  readonly check: (text: string) => Promise<readonly FindingView[]>;
}

/** Milliseconds after the last key until the text is checked. */
const pause = 250;

export function createEditor({ parent, text, changed, check }: EditorOptions): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        EditorState.tabSize.of(2),
        // Escape, then Tab leaves the editor, as CodeMirror's documentation asks to be told to people.
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        yaml(),
        syntaxHighlighting(colours),
        lintGutter(),
        linter(async ({ state }) => diagnostics(await check(state.doc.toString()), state.doc), {
          delay: pause,
        }),
        EditorView.contentAttributes.of({
          "aria-label": "Text of .github/release.yml",
          "aria-describedby": "keys",
          tabindex: "0",
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) changed(state.doc.toString());
        }),
        EditorView.cspNonce.of(nonce()),
      ],
    }),
  });
}

const nonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";

const diagnostics = (findings: readonly FindingView[], doc: Text): Diagnostic[] =>
  findings.map(({ severity, message, line, column }) => {
    const at = doc.line(Math.min(line, doc.lines));
    const from = Math.min(at.from + column - 1, at.to);
    const word = /^[\w"'-]*/.exec(doc.sliceString(from, at.to))?.[0].length ?? 0;
    return { from, to: Math.min(at.to, from + Math.max(1, word)), severity, message };
  });

const colours = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), class: "yaml-key" },
  { tag: tags.propertyName, class: "yaml-key" },
  { tag: tags.string, class: "yaml-string" },
  { tag: tags.content, class: "yaml-content" },
  { tag: tags.comment, class: "yaml-comment" },
  { tag: tags.lineComment, class: "yaml-comment" },
]);
