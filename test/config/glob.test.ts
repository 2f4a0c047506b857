import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type GlobFlavour, globProblem, isGlob, matcher, matchesPath } from "../../src/domain/glob.ts";

/** Which of the values match. */
function matching(flavour: GlobFlavour, patterns: string | string[], values: readonly string[]): string[] {
  return values.filter(matcher([patterns].flat(), flavour));
}

describe("paths", () => {
  test("* stops at /, ** crosses, and files with a dot in front are files like others", () => {
    const paths = ["README.md", ".env", "docs/a.md", "docs/deep/b.md", ".github/workflows/ci.yml"];
    expect(matching("path", "*", paths)).toEqual(["README.md", ".env"]);
    expect(matching("path", "**", paths)).toEqual(paths);
    expect(matching("path", "docs/*", paths)).toEqual(["docs/a.md"]);
    expect(matching("path", "docs/**", paths)).toEqual(["docs/a.md", "docs/deep/b.md"]);
    expect(matching("path", "**.md", paths)).toEqual(["README.md", "docs/a.md", "docs/deep/b.md"]);
    expect(matching("path", ".github/**", paths)).toEqual([".github/workflows/ci.yml"]);
  });

  test("**/ is any number of directories, none included", () => {
    const paths = ["migrations/1.sql", "db/migrations/1.sql", "a/b/migrations/c/d.rb", "my-migrations/1.sql"];
    expect(matching("path", "**/migrations/**", paths)).toEqual(paths.slice(0, 3));
    expect(matching("path", "db/**/1.sql", ["db/1.sql", "db/a/1.sql", "db/a/b/1.sql", "dbs/1.sql"])).toEqual([
      "db/1.sql",
      "db/a/1.sql",
      "db/a/b/1.sql",
    ]);
  });

  test("? and + count the character before them, [] is a set, as in GitHub Actions", () => {
    expect(matching("path", "*.jsx?", ["a.js", "a.jsx", "a.jsxx"])).toEqual(["a.js", "a.jsx"]);
    expect(matching("path", "v[12].[0-9]+", ["v1.0", "v2.10", "v3.0", "v1."])).toEqual(["v1.0", "v2.10"]);
  });

  test("a backslash takes the meaning, and a path that is written like the pattern matches anyway", () => {
    expect(matching("path", "a\\*", ["a*", "ab"])).toEqual(["a*"]);
    expect(matching("path", "app/[id]/page.tsx", ["app/[id]/page.tsx", "app/i/page.tsx"])).toHaveLength(2);
  });

  test("case counts", () => expect(matching("path", "README*", ["readme.md"])).toEqual([]));
});

describe("lists", () => {
  test("any pattern is enough, and later ones with ! take away, and later ones add again", () => {
    const paths = ["db/a.sql", "db/README.md", "db/README.de.md", "src/a.ts"];
    expect(matching("path", ["db/**", "src/**"], paths)).toEqual(paths);
    expect(matching("path", ["db/**", "!**/*.md"], paths)).toEqual(["db/a.sql"]);
    expect(matching("path", ["db/**", "!**/*.md", "db/README.md"], paths)).toEqual([
      "db/a.sql",
      "db/README.md",
    ]);
    expect(matching("path", ["!**/*.md", "db/**"], paths)).toEqual(paths.slice(0, 3));
  });

  test("matchesPath asks for one path", () => {
    expect(matchesPath(["db/**"], "db/a.sql")).toBe(true);
    expect(matchesPath(["db/**"], "src/a.sql")).toBe(false);
  });
});

describe("branches", () => {
  test("* stops at /", () => {
    const branches = ["main", "release/1.0", "release/1.0/rc", "release-1"];
    expect(matching("branch", "*", branches)).toEqual(["main", "release-1"]);
    expect(matching("branch", "release/*", branches)).toEqual(["release/1.0"]);
    expect(matching("branch", "release/**", branches)).toEqual(["release/1.0", "release/1.0/rc"]);
  });

  test("the names that release bots give", () => {
    expect(matcher(["release-please--**"], "branch")("release-please--branches--main--components--api")).toBe(
      true,
    );
    expect(matcher(["changeset-release/**"], "branch")("changeset-release/main")).toBe(true);
  });
});

describe("names", () => {
  test("* also matches /, and parentheses are nothing special", () => {
    expect(matching("name", "unit (*)", ["unit (linux)", "unit (linux/arm)", "unit", "xunit (a)"])).toEqual([
      "unit (linux)",
      "unit (linux/arm)",
    ]);
  });

  test("a name with signs matches itself without escapes", () => {
    for (const name of ["C++ tests", "really?", "build [linux]", "[wip", "a\\", "+1"]) {
      expect(globProblem(name, "name")).toBeNull();
      expect(matcher([name], "name")(name)).toBe(true);
    }
  });

  test("what is a glob, and what only looks like one", () => {
    expect(["unit (*)", "v[0-9]", "!unit", "ab?"].filter((name) => isGlob(name))).toHaveLength(4);
    expect(["unit", "C++", "build (linux, 20.x)", "all \\*"].filter((name) => isGlob(name))).toEqual([]);
  });

  test("labels ignore case, as GitHub does", () => {
    expect(
      matching("label", ["Release*", "!release-notes"], ["release", "RELEASE/1", "Release-Notes"]),
    ).toEqual(["release", "RELEASE/1"]);
  });
});

describe("the work is bounded", () => {
  test("no pattern makes matching explode", () => {
    const patterns = [
      "*a".repeat(16),
      "**/".repeat(15),
      "a+".repeat(16),
      "a?".repeat(16),
      "[ab]+".repeat(16),
    ];
    const path = `${"a".repeat(20_000)}!`;
    const start = performance.now();
    for (const pattern of patterns) {
      expect(globProblem(pattern.replace(/\/$/, "/x"), "path")).toBeNull();
      expect(matcher([pattern], "path")(path)).toBe(false);
    }
    // A matcher that backtracks needs longer than the universe; this one takes some milliseconds.
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test("too long, and too many wildcards", () => {
    expect(globProblem("a".repeat(257), "path")).toBe("is longer than 256 characters");
    expect(globProblem("*a".repeat(17), "path")).toBe("has more than 16 wildcards");
  });
});

test("the same as a regular expression says, for small patterns", () => {
  const pattern = fc.array(fc.constantFrom("a", "b", "/", "*", "**", "**/", "a?", "b+", "[ab]"), {
    minLength: 1,
    maxLength: 6,
  });
  const path = fc.array(fc.constantFrom("a", "b", "/"), { maxLength: 6 }).map((chars) => chars.join(""));
  fc.assert(
    fc.property(pattern, fc.array(path, { minLength: 5 }), (parts, paths) => {
      const glob = parts.join("");
      fc.pre(globProblem(glob, "branch") === null);
      const expression = new RegExp(`^(?:${expressionOf(glob)})$`, "s");
      for (const value of paths) {
        expect([value, matcher([glob], "branch")(value)]).toEqual([
          value,
          value === glob || expression.test(value),
        ]);
      }
    }),
    { numRuns: 3000 },
  );
});

/** Backtracks, and is the plainest translation: only for small patterns. */
function expressionOf(glob: string): string {
  return glob.replace(/(?<=^|\/)\*{2,}\/|\*{2,}|\*/g, (stars) => {
    if (stars.endsWith("/")) return "(?:.*/)?";
    return stars === "*" ? "[^/]*" : ".*";
  });
}
