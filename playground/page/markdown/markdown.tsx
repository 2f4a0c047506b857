import type { ListItem, Nodes, Parent, Table } from "mdast";
import { type ComponentChildren, createElement, type VNode } from "preact";
import { useMemo } from "preact/hooks";
import { AnswerField } from "./answer-field.tsx";
import { folded } from "./folded.ts";
import type { Hands } from "./hands.ts";
import { Link } from "./link.tsx";
import { questionOf } from "./question.ts";
import { TableView } from "./table-view.tsx";
import { TaskItem } from "./task-item.tsx";
import { isComment, itemIn, placeOf, topHeading, treeOf } from "./tree.ts";

export interface MarkdownProps {
  readonly source: string;
  /** The level of its largest heading on the page. */
  readonly heading: 3 | 4 | 5;
  /** Absent: boxes and answers are shown, and nothing can be done with them. */
  readonly hands?: Hands | undefined;
}

/** Where in the text something is shown. */
interface Around {
  readonly source: string;
  readonly hands: Hands | undefined;
  /** What is added to the level of a heading. */
  readonly lower: number;
  /** The item of the checklist that it stands under. */
  readonly item: string | null;
}

/**
 * Markdown as GitHub shows it. It is made of elements, never of HTML text: what a person writes as HTML is shown as
 * the letters that it is, apart from comments, which are not shown.
 */
export function Markdown({ source, heading, hands }: MarkdownProps) {
  const root = useMemo(() => treeOf(source), [source]);
  const around = { source, hands, lower: heading - topHeading(root), item: null };
  return <div class="markdown">{inner(root, around)}</div>;
}

const inner = ({ children }: Parent, around: Around): ComponentChildren => all(children, around);

const all = (nodes: readonly Nodes[], around: Around): ComponentChildren =>
  folded(nodes).map((one) =>
    "summary" in one ? (
      <details>
        <summary>{one.summary}</summary>
        <div class="markdown">{all(one.inside, around)}</div>
      </details>
    ) : (
      show(one, around)
    ),
  );

function show(node: Nodes, around: Around): ComponentChildren {
  switch (node.type) {
    case "text":
      return withLines(node.value);
    case "paragraph":
      return <p>{inner(node, around)}</p>;
    case "heading":
      return createElement(
        `h${Math.min(6, node.depth + around.lower)}`,
        { class: `depth-${node.depth}` },
        inner(node, around),
      );
    case "strong":
      return <strong>{inner(node, around)}</strong>;
    case "emphasis":
      return <em>{inner(node, around)}</em>;
    case "delete":
      return <del>{inner(node, around)}</del>;
    case "inlineCode":
      return <code>{node.value}</code>;
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        <pre tabIndex={0}>
          <code>{node.value}</code>
        </pre>
      );
    case "blockquote":
      return <blockquote>{inner(node, around)}</blockquote>;
    case "thematicBreak":
      return <hr />;
    case "break":
      return <br />;
    case "link":
      return <Link href={node.url}>{inner(node, around)}</Link>;
    // Pictures come from elsewhere, and nothing here does.
    case "image":
      return <Link href={node.url}>{node.alt || node.url}</Link>;
    case "list":
      return node.ordered ? (
        <ol start={node.start ?? 1}>{inner(node, around)}</ol>
      ) : (
        <ul>{inner(node, around)}</ul>
      );
    case "listItem":
      return listItem(node, around);
    case "table":
      return table(node, around);
    case "html":
      return html(node.value);
    case "footnoteReference":
      return <sup>{node.identifier}</sup>;
    case "linkReference":
      return inner(node, around);
    case "imageReference":
      return node.alt ?? "";
    default:
      return null;
  }
}

/** GitHub keeps line ends in descriptions and comments. */
const withLines = (text: string): ComponentChildren =>
  text.split(/\r?\n/).flatMap((line, index) => (index === 0 ? [line] : [<br key={index} />, line]));

/** Small print, which the app's own summaries have, is shown as any other. */
const html = (value: string): ComponentChildren =>
  isComment(value) || /^<\/?sub>$/.test(value) ? null : <span class="raw">{value}</span>;

function listItem(node: ListItem, around: Around): VNode {
  const item = itemIn(headOf(node, around)) ?? around.item;
  const inside = { ...around, item };
  if (typeof node.checked === "boolean") return task(node, inside);
  return answerOf(node, inside) ?? <li>{loose(node, inside)}</li>;
}

/** The source of its first paragraph. */
function headOf(node: ListItem, { source }: Around): string {
  const [first] = node.children;
  if (first === undefined) return "";
  const { start, end } = placeOf(first);
  return source.slice(start, end);
}

/** Tight lists have no paragraphs. */
const loose = (node: ListItem, around: Around): ComponentChildren =>
  node.children.map((child) =>
    child.type === "paragraph" && node.spread !== true ? inner(child, around) : show(child, around),
  );

function task(node: ListItem, around: Around): VNode {
  const [first, ...rest] = node.children;
  const line = (node.position?.start.line ?? 1) - 1;
  const { hands } = around;
  const shown =
    first === undefined ? [] : "children" in first ? first.children.map((child) => show(child, around)) : [];
  const [title = [], ...notes] = linesOf(shown.flat());
  return (
    <TaskItem
      ticked={node.checked === true}
      title={title}
      notes={notes}
      change={hands === undefined || hands.tied ? undefined : (ticked) => hands.box(line, ticked)}
    >
      {rest.map((child) => show(child, around))}
    </TaskItem>
  );
}

/** What is shown, parted where it begins a new line. */
function linesOf(shown: readonly ComponentChildren[]): ComponentChildren[][] {
  const lines: ComponentChildren[][] = [[]];
  for (const one of shown) {
    const ends = typeof one === "object" && one !== null && "type" in one && one.type === "br";
    if (ends) lines.push([]);
    else lines.at(-1)?.push(one);
  }
  return lines;
}

/** A question of the checklist, with its answer to fill in. */
function answerOf(node: ListItem, { source, hands, item }: Around): VNode | null {
  const found = hands === undefined || item === null ? null : questionOf(node, source);
  if (found === null || hands === undefined || item === null) return null;
  const { id, text, answer } = found;
  return (
    <AnswerField
      question={text}
      answer={answer}
      tied={hands.tied}
      save={(value) => hands.answer(item, id, value)}
    />
  );
}

const table = ({ children, align }: Table, around: Around): VNode => (
  <TableView
    align={align ?? []}
    rows={children.map((row) => row.children.map((cell) => inner(cell, around)))}
    headless={children[0]?.children.every((cell) => cell.children.length === 0) === true}
  />
);
