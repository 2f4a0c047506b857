import type { IncomingWebhookSendArguments } from "@slack/webhook";
import type { Message } from "../domain/announcement.ts";

// Slack's limits, in characters. https://docs.slack.dev/reference/block-kit/blocks
const maxHeader = 150;
const maxSection = 3000;
const maxText = 4000;
/** Of 50 blocks: one is the title, one the link, one what was left out. */
const maxLines = 47;

type Blocks = NonNullable<IncomingWebhookSendArguments["blocks"]>;

/**
 * The message as blocks of plain text, in which Slack knows no mentions, links or marks. Only the link to the pull
 * request is our own. `text` is what notifications and readers of the screen show; there `<` and `&` are escaped as well.
 */
export function slackMessage({ title, url, lines, text }: Message): IncomingWebhookSendArguments {
  const page = pageLink(url);
  const left = lines.length - maxLines;
  const blocks: Blocks = [
    {
      type: "header",
      text: { type: "plain_text", text: inert(oneLine(title), maxHeader) || "Release", emoji: false },
    },
    ...lines.slice(0, maxLines).map(({ label, text: its }) => section(`${oneLine(label)}: ${its}`)),
    ...(left > 0 ? [section(`… and ${left} more on the pull request`)] : []),
    ...(page === null
      ? []
      : [{ type: "section" as const, text: { type: "mrkdwn" as const, text: page, verbatim: true } }]),
  ];
  return {
    text: inert(text, maxText) || inert(title, maxText) || "Release",
    blocks,
    unfurl_links: false,
    unfurl_media: false,
  };
}

const section = (text: string): Blocks[number] => ({
  type: "section",
  text: { type: "plain_text", text: inert(text, maxSection) || " ", emoji: false },
});

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Escaped as Slack asks for, without control and direction marks, cut so that no escape is cut through. */
function inert(text: string, max: number): string {
  // `\p{C}` without line feeds and tabs.
  const clean = text.replace(/\r\n?/g, "\n").replace(/[^\P{C}\n\t]/gu, "");
  let out = "";
  let fitting = "";
  for (const char of clean) {
    out += escapes[char] ?? char;
    if (out.length > max) return `${fitting}…`;
    if (out.length < max) fitting = out;
  }
  return out;
}

function pageLink(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== "https:" && parsed?.protocol !== "http:") return null;
  const address = parsed.href.replace(/[<>|]/g, encodeURIComponent).replaceAll("&", "&amp;");
  return `<${address}|Open the pull request>`;
}
