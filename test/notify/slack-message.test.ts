import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Message } from "../../src/domain/announcement.ts";
import { slackMessage } from "../../src/notify/slack-message.ts";

const message: Message = { id: "1", title: "t", url: "https://github.test/p/1", lines: [], text: "t" };

/** Every text in the blocks, except our own link. */
const texts = (value: unknown): string[] =>
  typeof value !== "object" || value === null
    ? []
    : "text" in value && typeof value.text === "string" && "type" in value && value.type === "plain_text"
      ? [value.text]
      : Object.values(value).flatMap(texts);

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        "<!channel>",
        "<@U1>",
        "<https://evil.test|ok>",
        "&lt;",
        "*b*",
        "\n",
        "\u202e",
        "a",
        ":x:",
      ),
    )
    .map((parts) => parts.join("")),
);

test("promise 10: no text makes a mention, a link or a mark in Slack", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, (title, label, text, whole) => {
      const sent = slackMessage({ ...message, title, lines: [{ label, text }], text: whole });
      for (const one of [sent.text ?? "", ...texts(sent.blocks)]) {
        expect(one).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)|[\u202a-\u202e\u2066-\u2069]/);
        expect(one).not.toBe("");
      }
      const marked = JSON.stringify(sent.blocks).match(/mrkdwn/g);
      expect(marked).toHaveLength(1);
    }),
    { numRuns: 1000 },
  );
});

test("whatever is said fits into Slack's limits", () => {
  const long = "<&>".repeat(5000);
  const lines = Array.from({ length: 100 }, (_, at) => ({ label: `item ${at}`, text: long }));
  const sent = slackMessage({ ...message, title: long, lines, text: long });
  expect(sent.blocks).toHaveLength(50);
  const [title, ...rest] = texts(sent.blocks);
  expect(title?.length).toBeLessThanOrEqual(150);
  expect(Math.max(...rest.map((text) => text.length))).toBeLessThanOrEqual(3000);
  expect(sent.text?.length).toBeLessThanOrEqual(4000);
  expect(rest.at(-1)).toBe("… and 53 more on the pull request");
});

test("a text that fits is not cut", () => {
  expect(texts(slackMessage({ ...message, title: "x".repeat(150) }).blocks)[0]).toBe("x".repeat(150));
});

test.each([
  [
    "https://github.test/p/1?a=1&b=<x>|y",
    "<https://github.test/p/1?a=1&amp;b=%3Cx%3E%7Cy|Open the pull request>",
  ],
  ["javascript:alert(1)", undefined],
  ["", undefined],
])("the link to %s", (url, link) => {
  const found = JSON.stringify(slackMessage({ ...message, url }).blocks).match(/"(<[^"]*)"/);
  expect(found?.[1]).toBe(link);
});
