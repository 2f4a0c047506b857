import { createRequire } from "node:module";
import { describe, expect, test } from "@jest/globals";
import { ourLines, ownLines } from "../../src/domain/block/identity.ts";
import { outside } from "../../src/domain/block/splice.ts";
import { renderBlock } from "../../src/render/block.ts";
import { modelOf, ourBoxesShown, place, rollback } from "./support.ts";

const require = createRequire(import.meta.url);

interface ReleaseData {
  component?: string;
  version?: { toString(): string };
  notes: string;
}

interface Body {
  readonly releaseData: readonly ReleaseData[];
  readonly header: string;
  toString(): string;
}

const { PullRequestBody } = require("release-please/build/src/util/pull-request-body") as {
  PullRequestBody: {
    new (
      data: readonly ReleaseData[],
      options?: { header?: string; footer?: string; extra?: string; useComponents?: boolean },
    ): Body;
    parse(body: string, logger?: unknown): Body | undefined;
  };
};
const { Version } = require("release-please/build/src/version") as {
  Version: { parse(text: string): { toString(): string } };
};

const silent = Object.fromEntries(
  ["error", "warn", "info", "debug", "trace"].map((level) => [level, () => {}]),
);
const releases = (body: string) =>
  PullRequestBody.parse(body, silent)?.releaseData.map(({ component, version, notes }) => ({
    component,
    version: version?.toString(),
    notes,
  }));

const notes = (version: string) =>
  `## [${version}](https://github.com/acme/app/compare/v1.0.0...v${version}) (2026-02-03)\n\n\n### Features\n\n* sign in ([#12](https://github.com/acme/app/issues/12)) ([abc1234](https://github.com/acme/app/commit/abc1234))`;
const one = { version: Version.parse("1.1.0"), notes: notes("1.1.0") };
const bodies: [string, Body][] = [
  ["one release", new PullRequestBody([one])],
  [
    "several components",
    new PullRequestBody([
      { component: "api", version: Version.parse("2.0.0"), notes: notes("2.0.0") },
      { component: "web", version: Version.parse("1.1.0-beta.1"), notes: notes("1.1.0-beta.1") },
    ]),
  ],
  ["one component", new PullRequestBody([{ component: "api", ...one }], { useComponents: true })],
  [
    "its own header and footer",
    new PullRequestBody([one], { header: "Our release", footer: "Ask the team." }),
  ],
  ["something extra", new PullRequestBody([one], { extra: "More text" })],
];

/** A block in which everything tries to look like the separator of release-please. */
const model = modelOf([
  rollback({ code: "one\n---\ntwo", data: "---" }, { title: "---", help: "---", notes: ["---"] }),
]);

const own = ownLines(ourLines(renderBlock(model, { eol: "\n" })));

describe("a description as release-please writes it", () => {
  test.each(bodies)("with %s is parsed to the same releases with our block in it", (_, written) => {
    for (const body of [written.toString(), written.toString().replaceAll("\n", "\r\n")]) {
      const placed = place(body, model);
      expect(placed.startsWith(body)).toBe(true);
      expect(outside(placed, own)).toBe(body);
      expect(releases(placed)).toEqual(releases(body));
      expect(releases(body)?.length).toBe(written.releaseData.length);
      expect(ourBoxesShown(placed).map(({ id }) => id)).toEqual(["ci", "staging-e2e", "rollback"]);
      expect(place(placed, model)).toBe(placed);
    }
  });

  test("with a bare rule in an answer that somebody typed at the margin is right again after the next look", () => {
    const body = bodies[0]?.[1].toString() ?? "";
    const typed = place(body).replace("<!-- answer:code -->", "<!-- answer:code --> one\n---\ntwo");
    expect(releases(place(typed, model))).toEqual(releases(body));
  });
});
