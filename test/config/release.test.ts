import { describe, expect, test } from "@jest/globals";
import type { ReleaseRule } from "../../src/domain/config/checklist.ts";
import { applies } from "../../src/domain/config/condition.ts";
import { defaultReleaseRules, matchRelease, type ReleaseFacts } from "../../src/domain/release.ts";

const pull = (facts: Partial<ReleaseFacts>): ReleaseFacts => ({
  base: "main",
  head: "feature",
  labels: [],
  defaultBranch: "main",
  ...facts,
});

describe("the default rules", () => {
  const isRelease = (facts: Partial<ReleaseFacts>) => matchRelease(defaultReleaseRules, pull(facts)).release;

  test.each([
    "release/1.0",
    "release/1.0/rc",
    "release-1.0",
    "hotfix/login",
    "release-please--branches--main",
    "release-please--branches--main--components--api",
    "changeset-release/main",
  ])("%s into the default branch is a release", (head) => expect(isRelease({ head })).toBe(true));

  test.each(["feature", "releases/1.0", "fix/release-1", "release"])("%s is none", (head) =>
    expect(isRelease({ head })).toBe(false),
  );

  test("the label release makes one, in any case of letters", () => {
    expect(isRelease({ labels: ["bug", "Release"] })).toBe(true);
    expect(isRelease({ labels: ["release-notes"] })).toBe(false);
  });

  test("only into the default branch, whatever it is called", () => {
    expect(isRelease({ head: "release/1.0", base: "develop" })).toBe(false);
    expect(isRelease({ labels: ["release"], base: "develop" })).toBe(false);
    expect(isRelease({ head: "release/1.0", base: "trunk", defaultBranch: "trunk" })).toBe(true);
  });

  test("the author can dodge them", () => {
    expect(matchRelease(defaultReleaseRules, pull({ head: "release/1.0" })).dodgeable).toBe(true);
  });
});

describe("rules", () => {
  const production: ReleaseRule = { base: ["production"] };
  const named: ReleaseRule = { base: ["main", "production"], head: ["release/**"] };
  const labelled: ReleaseRule = { labels: ["release"] };

  test("in a rule all keys must match", () => {
    const rules: ReleaseRule[] = [{ base: ["main"], head: ["release/**"], labels: ["go"] }];
    expect(matchRelease(rules, pull({ head: "release/1", labels: ["go"] })).release).toBe(true);
    expect(matchRelease(rules, pull({ head: "release/1" })).release).toBe(false);
    expect(matchRelease(rules, pull({ head: "feature", labels: ["go"] })).release).toBe(false);
    expect(matchRelease(rules, pull({ head: "release/1", labels: ["go"], base: "dev" })).release).toBe(false);
  });

  test("any rule is enough, and one that cannot be dodged is named before others", () => {
    const match = matchRelease(
      [named, labelled, production],
      pull({ base: "production", head: "release/1" }),
    );
    expect(match).toEqual({ release: true, rule: production, dodgeable: false });
  });

  test("dodgeable when head or label are the only reasons", () => {
    expect(matchRelease([named, production], pull({ head: "release/1" }))).toEqual({
      release: true,
      rule: named,
      dodgeable: true,
    });
    expect(matchRelease([labelled], pull({ labels: ["release"] })).dodgeable).toBe(true);
  });

  test("no rule matches", () => {
    expect(matchRelease([production, labelled], pull({}))).toEqual({ release: false, dodgeable: false });
  });
});

describe("when an item applies", () => {
  const facts = {
    paths: ["db/1.sql", "src/a.ts"],
    complete: true,
    labels: ["risky"],
    base: "main",
    migrations: null,
  };

  test("always without a condition", () => expect(applies(undefined, facts)).toBe(true));

  test.each([
    [{ paths: ["**/*.sql"] }, true],
    [{ paths: ["**/*.rb"] }, false],
    [{ paths: ["db/**", "!**/*.sql"] }, false],
    [{ labels: ["RISKY"] }, true],
    [{ labels: ["safe", "calm"] }, false],
    [{ base: ["release/*", "main"] }, true],
    [{ base: ["production"] }, false],
    [{ paths: ["**/*.sql"], labels: ["risky"], base: ["main"] }, true],
    [{ paths: ["**/*.sql"], labels: ["risky"], base: ["production"] }, false],
    [{ paths: ["**/*.sql"], labels: ["safe"] }, false],
  ])("%j: %s", (condition, expected) => expect(applies(condition, facts)).toBe(expected));

  test("a list of files that GitHub cut matches every condition on paths", () => {
    expect(applies({ paths: ["**/*.rb"] }, { ...facts, complete: false })).toBe(true);
    expect(applies({ paths: ["**/*.rb"], labels: ["safe"] }, { ...facts, complete: false })).toBe(false);
  });
});
