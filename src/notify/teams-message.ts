import type { Message } from "../domain/announcement.ts";

// Teams takes about 28 KB. https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
const maxLine = 500;
const maxLines = 30;

interface TextRun {
  readonly type: "TextRun";
  readonly text: string;
  readonly weight?: "Bolder";
  readonly size?: "Large";
}

/**
 * The message as an Adaptive Card. Its text stands in text runs, which unlike text blocks know no Markdown, so that
 * nothing people wrote becomes a link or a mark. Only the button to the pull request is our own.
 */
export function teamsMessage({ title, url, lines, text }: Message) {
  const left = lines.length - maxLines;
  const body = [
    line([{ type: "TextRun", text: inert(title) || "Release", weight: "Bolder", size: "Large" }]),
    ...lines.slice(0, maxLines).map(({ label, text: its }) =>
      line([
        { type: "TextRun", text: `${inert(label)}: `, weight: "Bolder" },
        { type: "TextRun", text: inert(its) || "—" },
      ]),
    ),
    ...(left > 0 ? [line([{ type: "TextRun", text: `… and ${left} more on the pull request` }])] : []),
  ];
  const page = URL.parse(url);
  const isPage = page?.protocol === "https:" || page?.protocol === "http:";
  return {
    type: "message",
    summary: inert(text.split("\n")[0] ?? title),
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body,
          actions: isPage ? [{ type: "Action.OpenUrl", title: "Open the pull request", url: page.href }] : [],
        },
      },
    ],
  };
}

const line = (inlines: readonly TextRun[]) => ({ type: "RichTextBlock", inlines });

/** One line without control and direction marks, cut between characters. */
function inert(text: string): string {
  const clean = [
    ...text
      .replace(/[^\P{C}\n\t]/gu, "")
      .replace(/\s+/gu, " ")
      .trim(),
  ];
  return clean.length <= maxLine ? clean.join("") : `${clean.slice(0, maxLine - 1).join("")}…`;
}
