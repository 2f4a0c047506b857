import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, type Pull, type World } from "../scenario/world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E passes, check: e2e }
    - { id: go, title: Go, dismiss-stale: true }
    - { id: plan, title: Plan, questions: { how: How do we revert? } }
`;

/** Everything that makes the app write the description. */
const live = async (world: World, pull: Pull): Promise<void> => {
  await world.tick(pull, "bob", "go");
  await world.report(pull, "e2e", "success");
  await world.comment(pull, "bob", "/checklist sign plan\n1. git revert");
  await world.push(pull, "alice", { "b.txt": "b\n" });
  await world.comment(pull, "root", "/checklist waive go no need");
};

const begin = "<!-- release-checklist:begin -->";
const end = "<!-- release-checklist:end -->";
const outside = (body: string): [string, string] => {
  const start = body.lastIndexOf(begin);
  return [body.slice(0, start), body.slice(body.indexOf(end, start) + end.length)];
};

const bodies: Readonly<Record<string, string>> = {
  "plain text": "What is new",
  "line ends as the web page stores them": "One\r\n\r\nTwo  \r\n",
  "mixed line ends": "One\r\nTwo\nThree\r\n\n",
  "task lists, tables and footnotes":
    "- [ ] mine\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nNote[^1]\n\n[^1]: yes\n",
  "fences that quote our markers": `\`\`\`\n${begin}\n- [x] Go <!-- item:go -->\n${end}\n\`\`\`\n`,
  "a comment that quotes them": `<!--\n${begin.replace("<!--", "").replace("-->", "")}\n-->\nText\n`,
  "a release-please body":
    ":robot: I have created a release\n---\n\n\n## 1.0.0\n\n* one\n\n---\nThis PR was generated with Release Please.\n",
  "emoji, right to left and control characters": "🚀 שלום \u202Eevil\u202C \u0007\n",
  "white space at the end": "Text   \n\n\n\t\n",
};

describe("promise 3: your text is yours", () => {
  test.each(Object.entries(bodies))("outside the block not one byte changes: %s", async (_, body) => {
    const world = createWorld({ config });
    const pull = await world.open({ body });
    const [before, after] = outside(pull.body);
    expect(before.startsWith(body.trimEnd()) || after.trimStart().startsWith(body.trimStart())).toBe(true);
    expect((before + after).includes(body.trimEnd())).toBe(true);
    await live(world, pull);
    expect(outside(pull.body)).toEqual([before, after]);
    await world.finish();
  });

  test("prose written while the app was writing comes back, and so do a tick and an answer", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "What is new" });
    const stop = world.github.onRequest(({ method, path }) => {
      if (method !== "PATCH" || !/\/pulls\/1$/.test(path)) return;
      stop();
      const edited = pull.body
        .replace("What is new", "What is new\n\n* a line that alice just wrote")
        .replace("[ ] Plan", "[x] Plan")
        .replace("<!-- answer:how -->", "<!-- answer:how --> git revert");
      pull.edit({ by: "alice", body: edited });
    });
    await world.report(pull, "e2e", "success");
    expect(pull.body.startsWith("What is new\n\n* a line that alice just wrote\n")).toBe(true);
    expect(pull.body).toContain("<!-- answer:how --> git revert");
    expect([isTicked(pull, "plan"), isTicked(pull, "e2e")]).toEqual([true, true]);
    await world.finish();
  });

  test("even when the app crashes right after the write that erased it", async () => {
    const world = createWorld({ config });
    const pull = await world.open({ body: "What is new" });
    const stopEdit = world.github.onRequest(({ method, path }) => {
      if (method !== "PATCH" || !/\/pulls\/1$/.test(path)) return;
      stopEdit();
      pull.edit({
        by: "alice",
        body: pull.body.replace("What is new", "What is new, by alice").replace("[ ] Plan", "[x] Plan"),
      });
    });
    const stopCrash = world.github.onResponse(({ method, path }) => {
      if (method === "PATCH" && /\/pulls\/1$/.test(path)) world.kill();
    });
    await world.report(pull, "e2e", "success");
    stopCrash();
    expect(pull.body).not.toContain("by alice");
    await world.restart();
    expect(pull.body.startsWith("What is new, by alice")).toBe(true);
    expect(isTicked(pull, "plan")).toBe(true);
    await world.finish();
  });
});
