import { type Line, linesOf, wrap } from "./lines.ts";
import { area, bullet, checkBox, drawing, edge, state, words } from "./svg.ts";

/** What the picture of a pull request shows. */
export interface Shown {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly head: string;
  readonly base: string;
  /** Markdown. */
  readonly description: string;
  readonly check: { readonly name: string; readonly title: string; readonly success: boolean };
  /** Why GitHub does not merge, one line each. */
  readonly blockers: readonly string[];
}

const width = 860;
const margin = 24;
const inside = margin + 20;
const across = width - 2 * margin;
const lineHeight = 23;
const indent = 26;
/** Characters that surely fit into a line of the description. */
const characters = 96;

/** A pull request as its page shows it: description, the required check, and whether it can be merged. */
export function draw(shown: Shown): string {
  const parts: string[] = [];
  let y = heading(shown, parts);
  y = description(shown, parts, y);
  y = mergeBox(shown, parts, y + 20);
  const says = `${shown.title}: ${shown.check.title}`;
  return drawing({ width, height: y + margin }, says, parts);
}

function heading({ title, number, author, head, base }: Shown, parts: string[]): number {
  parts.push(
    words(
      { x: margin, y: 46 },
      [
        { text: title, style: "plain" },
        { text: `  #${number}`, style: "plain" },
      ],
      { size: "title" },
    ),
    area({ x: margin, y: 62 }, 62, 26, "open", 13),
    words({ x: margin + 31, y: 80 }, "Open", { paint: "on-colour", anchor: "middle", bold: true }),
    words(
      { x: margin + 76, y: 80 },
      [
        { text: author, style: "bold" },
        { text: " wants to merge ", style: "plain" },
        { text: head, style: "code" },
        { text: " into ", style: "plain" },
        { text: base, style: "code" },
      ],
      { paint: "muted" },
    ),
  );
  return 108;
}

function description({ author, description: markdown }: Shown, parts: string[], top: number): number {
  const inner: string[] = [];
  let y = top + 44;
  for (const line of linesOf(markdown)) {
    if (line.apart) y += 12;
    for (const [row, spans] of wrap(line.spans, characters - 4 * line.depth).entries()) {
      y += line.mark === "heading" ? lineHeight + 4 : lineHeight;
      const at = { x: inside + indent * line.depth, y: y - 4 };
      if (row === 0) inner.push(...mark(line, { x: at.x - 20, y: at.y }));
      inner.push(words(at, spans, line.mark === "heading" ? { size: "heading" } : {}));
      if (line.mark === "heading") inner.push(edge({ x: inside, y: y + 5 }, across - 40));
    }
    if (line.mark === "heading") y += 6;
  }
  parts.push(
    area({ x: margin, y: top }, across, y + 18 - top, "card"),
    area({ x: margin + 1, y: top + 1 }, across - 2, 36, "band", 5),
    words(
      { x: inside, y: top + 24 },
      [
        { text: author, style: "bold" },
        { text: " opened this pull request", style: "plain" },
      ],
      { paint: "muted" },
    ),
    ...inner,
  );
  return y + 18;
}

function mark(line: Line, at: { x: number; y: number }): string[] {
  if (line.mark === "bullet") return [bullet(at)];
  if (line.mark === "ticked" || line.mark === "empty-box") return [checkBox(at, line.mark === "ticked")];
  return [];
}

function mergeBox({ check, blockers }: Shown, parts: string[], top: number): number {
  const open = blockers.length === 0;
  const row = top + 28;
  const below = top + 56;
  const reasons = open ? ["The required check has passed."] : blockers;
  const button = below + 54 + 20 * reasons.length;
  parts.push(
    area({ x: margin, y: top }, across, button + 48 - top, "card"),
    state({ x: inside + 2, y: row }, check.success),
    words({ x: inside + 22, y: row + 5 }, [
      { text: check.name, style: "bold" },
      { text: `  ${check.title}`, style: "plain" },
    ]),
    words({ x: width - inside, y: row + 5 }, "Required", { paint: "muted", size: "small", anchor: "end" }),
    edge({ x: margin, y: below }, across),
    state({ x: inside + 2, y: below + 28 }, open),
    words({ x: inside + 22, y: below + 33 }, open ? "Ready to merge" : "Merging is blocked", { bold: true }),
    ...reasons.map((reason, index) =>
      words({ x: inside + 22, y: below + 55 + 20 * index }, reason, { paint: "muted" }),
    ),
    area({ x: inside + 22, y: button }, 172, 32, open ? "open" : "idle"),
    words({ x: inside + 108, y: button + 21 }, "Merge pull request", {
      paint: open ? "on-colour" : "muted",
      anchor: "middle",
      bold: true,
    }),
  );
  return button + 48;
}
