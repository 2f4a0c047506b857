import { describe, expect, test } from "@jest/globals";
import { createWorld, isTicked, type Pull, type Send, type World } from "./world.ts";

const config = `checklist:
  release: [{ base: main }]
  items:
    - { id: e2e, title: E2E, check: e2e }
    - { id: go, title: Go }
    - { id: plan, title: Plan }
`;

/** Webhooks of what just happened reach the app within a few turns of the event loop. */
const delivered = async (): Promise<void> => {
  for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => setImmediate(resolve));
};

/** Something happens when the app asks for this the next time, before it is answered; its webhooks arrive first. */
const during = (world: World, route: RegExp, doing: () => void): void => {
  const end = world.github.onRequest(async ({ method, path }) => {
    if (method !== "GET" || !route.test(path)) return;
    end();
    doing();
    await delivered();
  });
};

const tick = (pull: Pull, by: string, title: string) =>
  pull.edit({ by, body: pull.body.replace(`[ ] ${title}`, `[x] ${title}`) });

const looksSince = (world: World, count: number): number =>
  world.logs.filter(({ message }) => message === "looked").length - count;

describe("what comes while a look runs", () => {
  test("needs no look of its own when the look has read it already", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    const before = looksSince(world, 0);
    during(world, /\/pulls\/1$/, () => tick(pull, "bea", "Plan"));
    await world.tick(pull, "bob", "go");
    expect(looksSince(world, before)).toBe(1);
    const { summary } = world.check(pull);
    expect(summary).toContain("signed by bob");
    expect(summary).toContain("signed by bea");
    await world.finish();
  });

  test("is looked at when it came after the reading", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    const end = world.github.onResponse(({ method, path }) => {
      if (method !== "GET" || !/\/pulls\/1$/.test(path)) return;
      end();
      tick(pull, "bea", "Plan");
    });
    await world.tick(pull, "bob", "go");
    expect(world.check(pull).summary).toContain("signed by bea");
    expect(isTicked(pull, "plan")).toBe(true);
    await world.finish();
  });

  test("is read before anything is written that it has overtaken", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    const first = pull.headSha;
    let second = "";
    const push = (content: string) =>
      world.repo.push(pull.head, { by: "alice", files: { "b.txt": content } });
    const end = world.github.onResponse(async ({ method, path }) => {
      if (method !== "GET" || !/\/pulls\/1$/.test(path)) return;
      end();
      second = pull.headSha;
      push("c\n");
      await delivered();
    });
    await world.act(() => push("b\n"));
    expect(second).not.toBe(first);
    expect(pull.headSha).not.toBe(second);
    const checksOf = (sha: string) =>
      world.repo.checkRuns(sha, "Release checklist: main").map(({ record }) => record.output.title);
    expect(checksOf(second)).toEqual([]);
    expect(checksOf(first)).toEqual([`Superseded by ${pull.headSha.slice(0, 7)}`]);
    await world.finish();
  });

  /** As soon as the app writes its check the next time. */
  const duringWrite = (world: World, doing: () => void): void => {
    const end = world.github.onRequest(async ({ method, path }) => {
      if (method !== "PATCH" || !path.includes("/check-runs/")) return;
      end();
      doing();
      await delivered();
    });
  };

  test.each([
    { check: "e2e", when: "while it reads", looks: 1, title: "Ready: 3 of 3 items done" },
    { check: "e2e", when: "while it writes", looks: 2, title: "Ready: 3 of 3 items done" },
    { check: "lint", when: "while it reads", looks: 1, title: "Blocked: e2e never started" },
    { check: "lint", when: "while it writes", looks: 1, title: "Blocked: e2e never started" },
  ])(
    "the check $check, reported $when, leads to $looks looks in all",
    async ({ check, when, looks, title }) => {
      const world = createWorld({ config });
      const pull = await world.open();
      await world.tick(pull, "bob", "go");
      const before = looksSince(world, 0);
      const report = () => world.repo.checkRun({ name: check, sha: pull.headSha, conclusion: "success" });
      if (when === "while it reads") during(world, /\/pulls\/1$/, report);
      else duringWrite(world, report);
      await world.tick(pull, "bea", "plan");
      expect(world.check(pull).title).toBe(title);
      expect(looksSince(world, before)).toBe(looks);
      await world.finish();
    },
  );

  test("leads to no look of its own where the look has read it, though its event came later", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    const before = looksSince(world, 0);
    during(world, /\/check-runs$/, () =>
      world.repo.checkRun({ name: "e2e", sha: pull.headSha, conclusion: "success" }),
    );
    await world.push(pull, "alice", { "b.txt": "b\n" });
    expect(world.check(pull).summary).toContain("| E2E | ✅ done");
    expect(looksSince(world, before)).toBe(1);
    await world.finish();
  });

  test("counts where only the configuration names it that this look is about", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    duringWrite(world, () => world.repo.checkRun({ name: "scan", sha: pull.headSha, conclusion: "success" }));
    const named = `${config}    - { id: scan, title: Scan, check: scan }\n`;
    await world.act(() => world.repo.push("main", { by: "alice", files: { ".github/release.yml": named } }));
    expect(world.check(pull).summary).toContain("| Scan | ✅ done");
    await world.finish();
  });

  test("does not keep a look from writing for ever", async () => {
    const world = createWorld({ config });
    const pull = await world.open();
    let edits = 0;
    const end = world.github.onResponse(({ method, path }) => {
      if (method !== "GET" || !/\/pulls\/1$/.test(path) || edits === 6) return;
      edits += 1;
      pull.edit({ by: "alice", body: `${pull.body}\nLine ${edits}\n` });
    });
    await world.tick(pull, "bob", "go");
    end();
    expect(edits).toBe(6);
    expect(world.check(pull).summary).toContain("signed by bob");
    await world.finish();
  });
});

describe("while an announcement is sent", () => {
  const announcing = (during: (world: World) => Promise<unknown>): World => {
    const send: Send = async () => {
      await during(world);
      return { outcome: "sent", detail: "ok" };
    };
    const world = createWorld({
      config: `${config}    - { id: tell, title: Tell, notify: { to: [room], post: when-ready } }\n`,
      targets: JSON.stringify({ acme: { room: { type: "slack", url: "https://slack.test/x" } } }),
      send,
    });
    return world;
  };
  const conclusions = (world: World): (() => (string | null)[]) => {
    const found: (string | null)[] = [];
    world.github.onResponse(({ method, path, body }) => {
      if (method !== "GET" && path.includes("/check-runs")) found.push(String(body.conclusion));
    });
    return () => found;
  };
  const complete = async (world: World): Promise<Pull> => {
    const pull = await world.open();
    await world.report(pull, "e2e", "success");
    await world.tick(pull, "bob", "go");
    await world.tick(pull, "bea", "plan");
    return pull;
  };

  test("the description waits for what comes of it, and is written once", async () => {
    const bodies: string[] = [];
    const world = announcing(async ({ repo }) => bodies.push(repo.pulls[0]?.body ?? ""));
    const pull = await world.open();
    await world.report(pull, "e2e", "success");
    await world.tick(pull, "bob", "go");
    let writes = 0;
    world.github.onRequest(({ method, path }) => {
      if (method === "PATCH" && path.endsWith("/pulls/1")) writes += 1;
    });
    await world.tick(pull, "bea", "plan");
    expect(bodies.map((body) => body.includes("- [x] Tell"))).toEqual([false]);
    expect(isTicked(pull, "tell")).toBe(true);
    expect(writes).toBe(1);
    await world.finish();
  });

  test("a tick that is taken back keeps the gate closed all the time", async () => {
    const world = announcing(async ({ repo }) => {
      const [pull] = repo.pulls;
      pull?.edit({ by: "bea", body: pull.body.replace("[x] Plan", "[ ] Plan") });
      await delivered();
    });
    const written = conclusions(world);
    const pull = await complete(world);
    expect(world.check(pull)).toMatchObject({ conclusion: "action_required" });
    expect(written()).not.toContain("success");
    await world.finish();
  });

  test("what failed meanwhile is seen where sending took long, though no event tells of it", async () => {
    const world = announcing(async ({ github, repo, advance }) => {
      const [pull] = repo.pulls;
      const { sink } = github.webhooks;
      github.webhooks.sink = async () => 200;
      repo.checkRun({ name: "e2e", sha: pull?.headSha ?? "", conclusion: "failure" });
      await github.webhooks.idle();
      if (sink) github.webhooks.sink = sink;
      void advance(2_000);
    });
    const written = conclusions(world);
    const pull = await complete(world);
    expect(world.check(pull)).toMatchObject({ conclusion: "failure" });
    expect(written()).not.toContain("success");
    await world.finish();
  });
});
