import type { Span } from "./lines.ts";

/** The class of a colour, as the style sheet names it. */
export type Paint = "text" | "muted" | "good" | "bad" | "open" | "on-colour";

/** GitHub's colours, for readers with a light and with a dark page. */
const style = `
  text { font: 14px -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; white-space: pre; }
  .title { font-size: 22px; }
  .heading { font-size: 18px; font-weight: 600; }
  .small { font-size: 12px; }
  .bold { font-weight: 600; }
  .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 12.5px; }
  .page { fill: #ffffff; } .card { fill: #ffffff; stroke: #d1d9e0; } .band { fill: #f6f8fa; } .edge { stroke: #d1d9e0; }
  .text { fill: #1f2328; } .muted { fill: #59636e; } .good { fill: #1a7f37; } .bad { fill: #cf222e; } .open { fill: #1f883d; }
  .on-colour { fill: #ffffff; } .idle { fill: #eff2f5; stroke: #d1d9e0; } .box { fill: #ffffff; stroke: #818b98; }
  .ticked { fill: #0969da; } .tick { fill: none; stroke: #ffffff; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; } .card { fill: #0d1117; stroke: #3d444d; } .band { fill: #151b23; } .edge { stroke: #3d444d; }
    .text { fill: #f0f6fc; } .muted { fill: #9198a1; } .good { fill: #3fb950; } .bad { fill: #f85149; } .open { fill: #238636; }
    .idle { fill: #212830; stroke: #3d444d; } .box { fill: #0d1117; stroke: #656c76; }
    .ticked { fill: #1f6feb; }
  }
`;

export const inXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

export function drawing(
  size: { width: number; height: number },
  says: string,
  parts: readonly string[],
): string {
  const { width, height } = size;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${inXml(says)}</title>`,
    `<style>${style}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

interface At {
  readonly x: number;
  readonly y: number;
}

export function words(
  { x, y }: At,
  spans: readonly Span[] | string,
  more: {
    paint?: Paint;
    size?: "title" | "heading" | "small";
    anchor?: "middle" | "end";
    bold?: boolean;
  } = {},
): string {
  const { paint = "text", size, anchor, bold } = more;
  const classes = [paint, ...(size ? [size] : []), ...(bold ? ["bold"] : [])].join(" ");
  const inner =
    typeof spans === "string"
      ? inXml(spans)
      : spans
          .map(({ text, style }) =>
            style === "plain" ? inXml(text) : `<tspan class="${style}">${inXml(text)}</tspan>`,
          )
          .join("");
  const side = anchor === undefined ? "" : ` text-anchor="${anchor}"`;
  return `<text class="${classes}" x="${x}" y="${y}"${side}>${inner}</text>`;
}

export const area = ({ x, y }: At, width: number, height: number, kind: string, round = 6): string =>
  `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`;

export const edge = ({ x, y }: At, width: number): string => `<path class="edge" d="M${x} ${y}h${width}"/>`;

/** A check box of a task list, centred on the line whose base is at `y`. */
export const checkBox = ({ x, y }: At, checked: boolean): string =>
  checked
    ? `${area({ x, y: y - 11.5 }, 13, 13, "ticked", 2.5)}<path class="tick" d="M${x + 3} ${y - 5}l2.5 2.5 4.5-5"/>`
    : area({ x: x + 0.5, y: y - 11 }, 12, 12, "box", 2.5);

export const bullet = ({ x, y }: At): string => `<circle class="text" cx="${x + 6}" cy="${y - 5}" r="2.5"/>`;

/** A round sign with a tick or a cross, as GitHub shows the state of a check. */
export const state = ({ x, y }: At, good: boolean): string =>
  `<circle class="${good ? "good" : "bad"}" cx="${x}" cy="${y}" r="9"/>` +
  `<path class="tick" d="${good ? `M${x - 4} ${y}l3 3 5-6` : `M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7`}"/>`;
