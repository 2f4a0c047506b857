import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readConfig } from "../../src/domain/config/read.ts";
import { builtInTemplates } from "../../src/templates.ts";

const example = `checklist:
  enforcement: active
  extends: default
  checks:
    ci: { workflow: ci.yml }
  release:
    - base: production
    - { base: main, head: ["release/**", "!release/old"] }
  may: { override: ["role:admin"], waive: ["@acme/leads"] }
  items:
    - id: unit
      title: Unit tests pass
      check: { name: "unit (*)", app: github-actions, accept: [success] }
      when: { paths: ["**/*.sql"], labels: risky }
    - id: rollback
      questions: { code: How?, data: "And the data?" }
      signers: { from: [octocat, "@acme/sre"], not: [author], count: 2 }
    - id: stakeholders
      notify: { to: [ops], post: when-ready }
`;

const words = [
  ..."checklist items id title check notify changed when paths questions signers from release base may extends".split(
    " ",
  ),
  ..."{ } [ ] : , - ? & * ! | > ' \" % @ ` # << ~ null true 1 1.5 --- ... &a *a !!str default".split(" "),
  ..."\n \n  \n    \n      \t \r \r\n \u0000 \u2028 é 😀 \ud800 __proto__ constructor".split(
    /(?<=\S) (?=\S)|(?<=\s) (?=\S)/,
  ),
  ": ",
  "- ",
];

/** Words, any text, and the example with a piece of it torn out, replaced or repeated. */
const texts = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => `checklist:${parts.join("")}`),
  fc.string({ unit: "binary", maxLength: 200 }).map((text) => `checklist: ${text}`),
  fc.json().map((json) => `{"checklist": ${json}}`),
  fc
    .tuple(fc.nat(example.length), fc.nat(40), fc.array(fc.constantFrom(...words), { maxLength: 4 }))
    .map(([at, length, parts]) => example.slice(0, at) + parts.join(" ") + example.slice(at + length)),
  fc.string({ unit: "binary", maxLength: 200 }),
);

test("2,000 texts: never a crash, and either valid or a finding inside of the text", () => {
  const kinds = { none: 0, valid: 0, broken: 0 };
  fc.assert(
    fc.property(texts, (text) => {
      const config = readConfig(text, "release.yml", builtInTemplates());
      kinds[config.kind]++;
      const errors = config.findings.filter(({ severity }) => severity === "error");
      expect(errors.length > 0).toBe(config.kind === "broken");
      const lines = text.split(/\r\n|\r|\n/);
      for (const { line, column, message } of config.findings) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
        expect(message).not.toMatch(/[\r\n]|undefined|\[object/);
      }
      // What is valid is complete: it can be read again from the same text with the same result.
      expect(readConfig(text, "release.yml", builtInTemplates())).toEqual(config);
    }),
    { numRuns: 2000 },
  );
  // Without all three the texts would prove nothing.
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(20);
});
