import { describe, expect, test } from "@jest/globals";
import { readConfig } from "../../src/domain/config/read.ts";
import { builtInTemplates } from "../../src/templates.ts";

const templates = new Map([["default", builtInTemplates().get("default") ?? ""]]);

/** `line:column key — message` of everything that is found in a text. */
function findings(text: string): string[] {
  return readConfig(text, "release.yml", templates).findings.map(
    ({ severity, line, column, key, message }) =>
      `${severity === "warning" ? "warning: " : ""}${line}:${column} ${key || "(syntax)"} — ${message}`,
  );
}

function finds(what: string, text: string, expected: readonly string[]): void {
  test(what, () => expect(findings(text)).toEqual(expected));
}

const item = (rest: string) => `checklist:\n  items:\n    - id: a\n      title: A\n      ${rest}`;

const itemsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => `    - { id: i${at}, title: A }`).join("\n");

describe("what is found in a file, and where", () => {
  describe("YAML that cannot be read", () => {
    finds(
      "a bare @ in a list",
      `checklist:
  may:
    waive:
      - @acme/leads`,
      [
        '4:9 (syntax) — "@acme/leads" begins with "@", which YAML keeps for itself: quote it, as in "@acme/leads"',
      ],
    );
    finds(
      "a bare @ in brackets",
      `checklist:
  may: { waive: [@acme/leads] }`,
      [
        '2:18 (syntax) — "@acme/leads" begins with "@", which YAML keeps for itself: quote it, as in "@acme/leads"',
      ],
    );
    finds(
      "a bare @ behind other text on the line above",
      `checklist:
  may:
    override: [role:admin]
    waive: @acme/leads`,
      [
        '4:12 (syntax) — "@acme/leads" begins with "@", which YAML keeps for itself: quote it, as in "@acme/leads"',
      ],
    );
    finds(
      "a bare * alone",
      `checklist:
  items:
    - id: a
      title: A
      changed: *`,
      ['5:16 (syntax) — "*" begins with "*", which YAML keeps for itself: quote it, as in "*"'],
    );
    finds(
      "a bare pattern that begins with **",
      `checklist:
  items:
    - id: a
      title: A
      changed: [**/*.sql]`,
      [
        '5:17 checklist.items[0].changed[0] — "**/*.sql" begins with "*", which YAML keeps for itself: quote it, as in "**/*.sql"',
      ],
    );
    finds(
      "a bare pattern with !",
      `checklist:
  items:
    - id: a
      title: A
      changed:
        - db/**
        - !db/README.md`,
      [
        '7:11 checklist.items[0].changed[1] — "!db/README.md" begins with "!", which YAML keeps for itself: quote it, as in "!db/README.md"',
      ],
    );
    finds("a bare backtick", "checklist:\n  items:\n    - id: a\n      title: A\n      help: `make test`", [
      '5:13 (syntax) — "`make test`" begins with "`", which YAML keeps for itself: quote it, as in "`make test`"',
    ]);
    finds(
      "a bare %",
      `checklist:
  items:
    - id: a
      title: A
      help: %d tests`,
      ['5:13 (syntax) — "%d tests" begins with "%", which YAML keeps for itself: quote it, as in "%d tests"'],
    );
    finds(
      "a tab",
      `checklist:
  items:
	- id: a`,
      ["3:1 (syntax) — Tabs cannot indent in YAML: use spaces"],
    );
    finds(
      "a colon in a title",
      `checklist:
  items:
    - id: a
      title: A
      help: Note: read this`,
      [
        '5:17 (syntax) — YAML does not understand this line, or the one above it: check the indentation and the blank behind each ":", and quote values that hold ": " or begin with a sign',
      ],
    );
    finds(
      "an unclosed quotation mark",
      `checklist:
  items:
    - id: a
      title: "A
      help: x`,
      [
        "5:7 (syntax) — Something above is not closed: a quotation mark or a bracket is missing, or this is indented too little",
      ],
    );
    finds(
      "an unclosed bracket",
      `checklist:
  extends: [default
  range: auto`,
      [
        "3:3 (syntax) — Something above is not closed: a quotation mark or a bracket is missing, or this is indented too little",
      ],
    );
    finds(
      "an unclosed bracket at the end",
      `checklist:
  extends: [default`,
      ["2:19 (syntax) — Something above is not closed: a quotation mark or a bracket is missing"],
    );
    finds(
      "wrong indentation",
      `checklist:
  range: auto
   enforcement: active`,
      [
        '3:15 (syntax) — YAML does not understand this line, or the one above it: check the indentation and the blank behind each ":", and quote values that hold ": " or begin with a sign',
      ],
    );
    finds(
      "a missing blank behind a colon",
      `checklist:
  range:auto
  enforcement: active`,
      [
        '3:14 (syntax) — YAML does not understand this line, or the one above it: check the indentation and the blank behind each ":", and quote values that hold ": " or begin with a sign',
      ],
    );
    finds(
      "a key of an item that is indented too little",
      `checklist:
  items:
    - id: a
     title: A`,
      [
        "4:6 (syntax) — This belongs neither to the list entry above it nor to the key of the list: check how far it is indented",
      ],
    );
    finds("a comma that is missing", "checklist: { range: auto enforcement: active }", [
      '1:37 (syntax) — A "," is missing, or a value with a sign needs quotes',
    ]);
    finds("a comma too many", "checklist: { , range: auto }", [
      '1:14 (syntax) — A value is missing here, or there is a "," too many',
    ]);
    finds(
      "a line without a colon",
      `checklist:
  range: auto
  enforcement

  request-signers: true`,
      [
        '5:18 (syntax) — A ":" is missing here or on the line above: write "key: value", and quote a text that goes over several lines',
      ],
    );
    finds(
      "a line without a colon at the end",
      `checklist:
  enforcement: active
  range`,
      [
        '3:7 (syntax) — A ":" is missing here or on the line above: write "key: value", and quote a text that goes over several lines',
      ],
    );
    finds("a text on the line of its sign", "checklist:\n  range: | auto\n", [
      '2:12 (syntax) — Behind "|" or ">" the line ends, and the text begins on the next one',
    ]);
    finds("an indentation of nothing", "checklist:\n  range: |0\n    auto\n", [
      '2:11 (syntax) — Behind "|" or ">" the line ends, and the text begins on the next one',
    ]);
    finds("no blank behind a colon in quotes", 'checklist:\n  "range":auto\n', [
      '2:11 (syntax) — A blank is missing behind ":"',
    ]);
    finds("an escape that YAML does not know", 'checklist:\n  range: "\\d"\n', [
      '2:12 (syntax) — Between double quotes "\\" begins a sign that YAML knows, and this is none: write "\\\\", or use single quotes',
    ]);
    finds("an escape that is cut", 'checklist:\n  range: "\\u12"\n', [
      '2:15 (syntax) — Between double quotes "\\" begins a sign that YAML knows, and this is none: write "\\\\", or use single quotes',
    ]);
    finds("an instruction that is none", "%checklist:\n  range: auto\n", [
      '2:3 (syntax) — A line that begins with "%" is an instruction to YAML, and this is none: quote it, or indent it',
    ]);
    finds("an invisible sign", "checklist:\n  range: auto\u0007", [
      "2:14 (syntax) — There is an invisible control character here: remove it",
    ]);
    finds("a null sign", "checklist:\n  range: \u0000", [
      "2:10 (syntax) — There is an invisible control character here: remove it",
    ]);
    finds(
      "a key given twice",
      `checklist:
  range: auto
  enforcement: active
  range: base`,
      ['4:3 checklist.range — "range" is given twice'],
    );
    finds(
      "checklist given twice",
      `checklist: {}
changelog: {}
checklist: {}`,
      ['3:1 checklist — "checklist" is given twice'],
    );
    finds(
      "a list as a key",
      `checklist:
  ? [a]
  : b`,
      ["2:5 checklist — A key must be a plain word, not a list or a mapping"],
    );
    finds(
      "a tab behind a list's dash, and lines that end as on Windows",
      "checklist:\r\n  items:\r\n    - id: a\r\n\t  title: A\r\n",
      ["4:1 (syntax) — Tabs cannot indent in YAML: use spaces"],
    );
    finds("a byte order mark, which editors do not count", "\ufeffchecklist: { range: all }", [
      '1:21 checklist.range — "range" must be "base", "last-release" or "auto", not "all"',
    ]);
    finds(
      "signs beyond the first plane, which editors count twice",
      'checklist: { enforcement: active, items: [{ id: a, title: "😀 é 発", hlep: x }] }',
      ['1:69 checklist.items[0].hlep — Unknown key "hlep" (did you mean "help"?)'],
    );
    finds(
      "a mistake behind an anchor, once, where it stands",
      `checklist:
  items:
    - { id: a, title: A, signers: &s { form: octocat } }
    - { id: b, title: B, signers: *s }`,
      ['3:40 checklist.items[0].signers.form — Unknown key "form" (did you mean "from"?)'],
    );
    finds(
      "a merge key",
      `x: &x { title: A }
checklist:
  items:
    - <<: *x
      id: a`,
      ['4:7 checklist.items[0].<< — Merge keys ("<<") are not supported: write the keys out'],
    );
    finds(
      "a key that JavaScript keeps for itself",
      `checklist:
  __proto__: {}`,
      ['2:3 checklist.__proto__ — "__proto__" is reserved: choose another key'],
    );
    finds(
      "an unknown tag",
      `checklist:
  range: !auto x`,
      [
        '2:10 checklist.range — "!auto x" begins with "!", which YAML keeps for itself: quote it, as in "!auto x"',
      ],
    );
    finds(
      "a value that does not fit its tag",
      `checklist:
  request-signers: !!bool maybe`,
      ['2:20 checklist.request-signers — "!!bool maybe" has a tag that does not fit: leave the tag out'],
    );
    finds(
      "an alias inside of what it names",
      `checklist:
  items: &i [*i]`,
      [
        '2:14 checklist.items[0] — "*i" is an alias, and no "&i" stands before it: quote it if it is a pattern',
      ],
    );
    finds(
      "an unknown alias",
      `checklist:
  extends: *base`,
      [
        '2:12 checklist.extends — "*base" is an alias, and no "&base" stands before it: quote it if it is a pattern',
      ],
    );
    finds(
      "several documents",
      `changelog: {}
---
checklist: {}`,
      ['3:1 checklist — This file has several YAML documents, parted by "---": it must be one'],
    );
    finds("deep nesting", "checklist: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", [
      "1:43 (syntax) — This is nested too deeply",
    ]);
  });

  describe("keys", () => {
    finds(
      "an unknown key with a near one",
      `checklist:
  enforcment: active`,
      ['2:3 checklist.enforcment — Unknown key "enforcment" (did you mean "enforcement"?)'],
    );
    finds(
      "an unknown key with none near",
      `checklist:
  colour: blue`,
      [
        '2:3 checklist.colour — Unknown key "colour": known here are enforcement, locked, extends, checks, release, range, may, request-signers, freeze-base, groups and items',
      ],
    );
    finds(
      "an unknown key of an item",
      `checklist:
  items:
    - id: a
      title: A
      chekc: ci`,
      ['5:7 checklist.items[0].chekc — Unknown key "chekc" (did you mean "check"?)'],
    );
    finds(
      "an unknown key of a check",
      `checklist:
  items:
    - id: a
      title: A
      check: { nmae: ci }`,
      ['5:16 checklist.items[0].check.nmae — Unknown key "nmae" (did you mean "name"?)'],
    );
    finds(
      "an unknown key of when",
      `checklist:
  items:
    - id: a
      title: A
      when: { path: [db/**] }`,
      ['5:15 checklist.items[0].when.path — Unknown key "path" (did you mean "paths"?)'],
    );
    finds(
      "an unknown key of signers",
      `checklist:
  items:
    - id: a
      title: A
      signers: { form: octocat }`,
      ['5:18 checklist.items[0].signers.form — Unknown key "form" (did you mean "from"?)'],
    );
    finds(
      "an unknown key of notify",
      `checklist:
  items:
    - id: a
      title: A
      notify: { too: ops }`,
      ['5:17 checklist.items[0].notify.too — Unknown key "too" (did you mean "to"?)'],
    );
    finds(
      "an unknown key of a release rule",
      `checklist:
  release:
    - { bases: main }`,
      ['3:9 checklist.release[0].bases — Unknown key "bases" (did you mean "base"?)'],
    );
    finds(
      "an unknown key of may",
      `checklist:
  may: { wave: octocat }`,
      ['2:10 checklist.may.wave — Unknown key "wave" (did you mean "waive"?)'],
    );
    finds(
      "an unknown key of a group",
      `checklist:
  groups: [{ titel: A }]`,
      [
        '2:12 checklist.groups[0].title — "title" is missing',
        '2:14 checklist.groups[0].titel — Unknown key "titel" (did you mean "title"?)',
      ],
    );
  });

  describe("files of other repositories, and locks", () => {
    finds(
      "a file that nobody has read",
      `checklist:
  extends: acme/.github:.github/release.yml`,
      ['2:12 checklist.extends — "acme/.github:.github/release.yml" is in a repository that was not read'],
    );
    finds(
      "a repository without a path",
      `checklist:
  extends: [default, acme/.github]`,
      [
        '2:22 checklist.extends[1] — "acme/.github" names no file: write "owner/repo:path", such as "acme/.github:.github/release.yml"',
      ],
    );
    finds(
      "a path that leaves the repository",
      `checklist:
  extends: acme/app:../x.yml`,
      [
        '2:12 checklist.extends — "../x.yml" is no path: write it from the root of the repository, without "." and ".."',
      ],
    );
    finds(
      "a file that is no YAML",
      `checklist:
  extends: acme/app:README.md`,
      ['2:12 checklist.extends — "README.md" is no YAML file: its name must end with ".yml" or ".yaml"'],
    );
    finds(
      "a file that is given twice",
      `checklist:
  extends: ["acme/app:x.yml", "acme/app:x.yml"]`,
      [
        '2:13 checklist.extends[0] — "acme/app:x.yml" is in a repository that was not read',
        '2:31 checklist.extends[1] — The file "acme/app:x.yml" is given twice',
      ],
    );
    finds("a lock that locks nothing", item("locked: false"), [
      '5:15 checklist.items[0].locked — "locked" must be true, not false',
    ]);
    finds("a lock with another key", item("locked: { only: [check] }"), [
      '5:7 checklist.items[0].locked.except — "except" is missing',
      '5:17 checklist.items[0].locked.only — Unknown key "only": known here are except',
    ]);
    finds("a lock that leaves free what an item has not", item("locked: { except: [checks] }"), [
      '5:26 checklist.items[0].locked.except[0] — Entry 1 of "except" must be "title", "help", "when", "required", "check", "changed", "deployment", "assigned", "window", "tag", "release", "wait", "notify", "questions", "lists", "signers" or "dismiss-stale", not "checks" (did you mean "check"?)',
    ]);
    finds("keys that cannot be locked", "checklist:\n  locked: [release, groups]", [
      '2:21 checklist.locked[1] — Entry 2 of "locked" must be "items", "enforcement", "release", "range", "may", "request-signers" or "freeze-base", not "groups"',
    ]);
    finds("a lock that is no word", "checklist:\n  locked: 1", [
      '2:11 checklist.locked — "locked" must be true, not the number 1',
    ]);
    finds("a file lock with another key", "checklist:\n  locked: { only: may }", [
      '2:3 checklist.locked.except — "except" is missing',
      '2:13 checklist.locked.only — Unknown key "only": known here are except',
    ]);
  });

  describe("values", () => {
    finds("checklist as a list", "checklist: [ci]", [
      '1:1 checklist — "checklist" must be a mapping with keys, not a list',
    ]);
    finds("checklist as text", "checklist: default", [
      '1:12 checklist — "checklist" must be a mapping with keys, not "default"',
    ]);
    finds(
      "a word that is not among the allowed",
      `checklist:
  enforcement: evalute`,
      [
        '2:16 checklist.enforcement — "enforcement" must be "active" or "evaluate", not "evalute" (did you mean "evaluate"?)',
      ],
    );
    finds(
      "a range that does not exist",
      `checklist:
  range: all`,
      ['2:10 checklist.range — "range" must be "base", "last-release" or "auto", not "all"'],
    );
    finds(
      "a number for text",
      `checklist:
  items:
    - id: a
      title: A
      help: 1.10`,
      ['5:13 checklist.items[0].help — "help" must be text, not the number 1.1: put it into quotation marks'],
    );
    finds(
      "a boolean for text",
      `checklist:
  items:
    - id: a
      title: A
      help: true`,
      ['5:13 checklist.items[0].help — "help" must be text, not true: put it into quotation marks'],
    );
    finds(
      "text for a boolean",
      `checklist:
  request-signers: yes`,
      ['2:20 checklist.request-signers — "request-signers" must be true or false, not "yes"'],
    );
    finds(
      "nothing for a list",
      `checklist:
  items:`,
      ['2:3 checklist.items — "items" is empty: it must be a list'],
    );
    finds(
      "nothing for text",
      `checklist:
  items:
    - id: a
      title:`,
      ['4:7 checklist.items[0].title — "title" is empty: it must be text'],
    );
    finds(
      "a mapping for a list",
      `checklist:
  items: { a: b }`,
      ['2:3 checklist.items — "items" must be a list, not a mapping'],
    );
    finds(
      "text for an item",
      `checklist:
  items: [ci]`,
      ['2:11 checklist.items[0] — Entry 1 of "items" must be a mapping with keys, not "ci"'],
    );
    finds(
      "an empty list of items",
      `checklist:
  items: []`,
      ['2:3 checklist.items — "items" must not be empty: give at least one entry, or leave the key out'],
    );
    finds(
      "an empty list of templates",
      `checklist:
  extends: []`,
      ['2:3 checklist.extends — "extends" must not be empty: give at least one entry, or leave the key out'],
    );
    finds(
      "an empty list of rules",
      `checklist:
  release: []`,
      ['2:3 checklist.release — "release" must not be empty: give at least one entry, or leave the key out'],
    );
    finds(
      "an empty list of parties",
      `checklist:
  may: { override: [] }`,
      [
        '2:10 checklist.may.override — "override" must not be empty: give at least one entry, or leave the key out',
      ],
    );
    finds(
      "an empty pattern",
      `checklist:
  items:
    - id: a
      title: A
      changed: ''`,
      ['5:16 checklist.items[0].changed — The pattern "" is empty'],
    );
    finds(
      "a list with an empty entry",
      `checklist:
  items:
    - id: a
      title: A
      changed:
        - db/**
        -`,
      ['6:9 checklist.items[0].changed[1] — Entry 2 of "changed" is empty: it must be text'],
    );
    finds(
      "required as text",
      `checklist:
  items:
    - id: a
      title: A
      required: 'no'`,
      ['5:17 checklist.items[0].required — "required" must be true or false, not "no"'],
    );
    finds(
      "remove: false",
      `checklist:
  items:
    - id: a
      title: A
      remove: false`,
      ['5:15 checklist.items[0].remove — "remove" must be true, not false'],
    );
    finds(
      "an empty release rule",
      `checklist:
  release:
    - {}`,
      ['3:7 checklist.release[0] — A rule needs "base", "head" or "labels"'],
    );
    finds(
      "an item without id",
      `checklist:
  items:
    - title: A`,
      ['3:7 checklist.items[0].id — "id" is missing'],
    );
    finds(
      "an empty title",
      `checklist:
  items:
    - id: a
      title: ' '`,
      ["4:14 checklist.items[0].title — This text is empty"],
    );
    finds("a title with two lines", 'checklist:\n  items:\n    - id: a\n      title: "A\\nB"', [
      "4:14 checklist.items[0].title — This text must stand on one line",
    ]);
    finds(
      "an id with capitals",
      `checklist:
  items:
    - { id: Smoke, title: A }`,
      [
        '3:13 checklist.items[0].id — "Smoke" is no id: use up to 50 lower-case letters, digits and single "-" between them',
      ],
    );
    finds(
      "an id with a blank",
      `checklist:
  items:
    - { id: smoke test, title: A }`,
      [
        '3:13 checklist.items[0].id — "smoke test" is no id: use up to 50 lower-case letters, digits and single "-" between them',
      ],
    );
    finds(
      "a reserved id",
      `checklist:
  items:
    - { id: constructor, title: A }`,
      ['3:13 checklist.items[0].id — "constructor" is reserved: choose another id'],
    );
  });

  describe("items", () => {
    finds(
      "a second item of the same id",
      `checklist:
  items:
    - { id: a, title: A }
    - { id: a, title: B }`,
      ['4:13 checklist.items[1].id — The id "a" is given twice'],
    );
    finds(
      "an item without title",
      `checklist:
  items:
    - id: a`,
      ['3:11 checklist.items[0].id — The item "a" needs a "title"'],
    );
    finds(
      "an item without title whose id is nearly a template's",
      `checklist:
  extends: default
  items:
    - { id: rolback, required: false }`,
      ['4:13 checklist.items[0].id — The item "rolback" needs a "title" (or did you mean "rollback"?)'],
    );
    finds(
      "two kinds in one item",
      `checklist:
  items:
    - id: a
      title: A
      check: ci
      changed: CHANGELOG.md`,
      [
        '6:7 checklist.items[0].changed — An item is of one kind, and this one has "check" already: make two items',
      ],
    );
    finds(
      "three kinds in one item",
      `checklist:
  items:
    - id: a
      title: A
      check: ci
      changed: CHANGELOG.md
      notify: {}`,
      [
        '6:7 checklist.items[0].changed — An item is of one kind, and this one has "check" already: make two items',
      ],
    );
    finds(
      "signers of a check",
      `checklist:
  items:
    - id: a
      title: A
      check: ci
      signers: { from: octocat }`,
      ['6:7 checklist.items[0].signers — "signers" does not fit here: this item is decided by "check"'],
    );
    finds(
      "questions of an announcement",
      `checklist:
  items:
    - id: a
      title: A
      notify: {}
      questions: { q: Why? }`,
      ['6:7 checklist.items[0].questions — "questions" does not fit here: this item announces with "notify"'],
    );
    finds(
      "dismiss-stale of changed",
      `checklist:
  items:
    - id: a
      title: A
      changed: CHANGELOG.md
      dismiss-stale: true`,
      [
        '6:7 checklist.items[0].dismiss-stale — "dismiss-stale" does not fit here: this item is decided by "changed"',
      ],
    );
    finds(
      "a group that is not there",
      `checklist:
  items:
    - id: a
      title: A
      group: Before`,
      ['5:14 checklist.items[0].group — There is no group "Before": name it under "groups"'],
    );
    finds(
      "a group that is nearly there",
      `checklist:
  groups: [{ title: Before }]
  items:
    - { id: a, title: A, group: Befroe }`,
      ['4:33 checklist.items[0].group — There is no group "Befroe" (did you mean "Before"?)'],
    );
    finds(
      "a group given twice",
      `checklist:
  groups: [{ title: Before }, { title: Before }]
  items:
    - { id: a, title: A }`,
      ['2:40 checklist.groups[1].title — The group "Before" is given twice'],
    );
    finds(
      "an empty condition",
      `checklist:
  items:
    - id: a
      title: A
      when: {}`,
      [
        '5:7 checklist.items[0].when — A condition needs "paths", "labels", "base" or "migrations"; without one leave "when" out',
      ],
    );
    finds(
      "removing what no template has",
      `checklist:
  extends: default
  items:
    - { id: rolback, remove: true }`,
      ['4:13 checklist.items[0].id — No template has an item "rolback" to remove (did you mean "rollback"?)'],
    );
    finds(
      "removing without a template",
      `checklist:
  items:
    - { id: a, remove: true }`,
      ['3:13 checklist.items[0].id — There is no item "a" to remove: "remove" takes out items of a template'],
    );
    finds(
      "removing with other keys",
      `checklist:
  extends: default
  items:
    - { id: rollback, title: A, remove: true }`,
      ['4:33 checklist.items[0].remove — An item that is removed has no other keys: take "title" out'],
    );
    finds(
      "removing everything",
      `checklist:
  extends: default
  items:
    - { id: ci, remove: true }
    - { id: staging-e2e, remove: true }
    - { id: migrations, remove: true }
    - { id: acceptance, remove: true }
    - { id: rollback, remove: true }
    - { id: monitoring, remove: true }
    - { id: stakeholders, remove: true }`,
      ["3:3 checklist.items — No item is left: a checklist needs at least one"],
    );
  });

  describe("checks", () => {
    finds(
      "a check without name and workflow",
      `checklist:
  items:
    - id: a
      title: A
      check: { app: github-actions }`,
      ['5:7 checklist.items[0].check — A check needs a "name" or a "workflow"'],
    );
    finds(
      "a check as a list",
      `checklist:
  items:
    - id: a
      title: A
      check: [unit, lint]`,
      ['5:7 checklist.items[0].check — "check" must be text or a mapping with keys, not a list'],
    );
    finds(
      "a conclusion that does not exist",
      `checklist:
  items:
    - id: a
      title: A
      check: { name: unit, accept: [succes] }`,
      [
        '5:37 checklist.items[0].check.accept[0] — Entry 1 of "accept" must be "success", "neutral", "skipped", "cancelled", "failure", "timed_out", "action_required", "stale" or "startup_failure", not "succes" (did you mean "success"?)',
      ],
    );
    finds(
      "an app by its title",
      `checklist:
  items:
    - id: a
      title: A
      check: { name: unit, app: GitHub Actions }`,
      [
        '5:33 checklist.items[0].check.app — "GitHub Actions" is no slug of an app: write it as in the address of the app\'s page, such as "github-actions"',
      ],
    );
    finds(
      "a workflow by its title",
      `checklist:
  items:
    - id: a
      title: A
      check: { workflow: CI }`,
      [
        '5:26 checklist.items[0].check.workflow — "CI" is no workflow file: write its file name, as in "ci.yml"',
      ],
    );
    finds(
      "a name that begins with !",
      `checklist:
  items:
    - id: a
      title: A
      check: "!unit"`,
      ['5:14 checklist.items[0].check — The name "!unit" begins with "!": write "\\!" for a plain one'],
    );
    finds(
      "a name with a dangling sign",
      `checklist:
  items:
    - id: a
      title: A
      check: C++ (*)`,
      [
        '5:14 checklist.items[0].check — The name "C++ (*)" has a "+" that follows no character: write "\\+" for a plain one, "*" for anything',
      ],
    );
    finds(
      "a creator who is nobody",
      `checklist:
  items:
    - id: a
      title: A
      check: { name: unit, by: ['@octocat'] }`,
      ['5:33 checklist.items[0].check.by[0] — "@octocat" is no login of a person or app'],
    );
    finds(
      "a slot outside of a template",
      `checklist:
  items:
    - id: a
      title: A
      check: { slot: ci }`,
      [
        '5:16 checklist.items[0].check.slot — Unknown key "slot": known here are name, workflow, app, accept and by',
      ],
    );
  });

  describe("patterns", () => {
    finds(
      "a bracket that is not closed",
      `checklist:
  items:
    - id: a
      title: A
      changed: 'db/[a-z'`,
      [
        '5:16 checklist.items[0].changed — The pattern "db/[a-z" has a "[" without "]": write "\\[" for a plain one',
      ],
    );
    finds(
      "a range that runs backwards",
      `checklist:
  items:
    - id: a
      title: A
      changed: 'db/[z-a]'`,
      ['5:16 checklist.items[0].changed — The pattern "db/[z-a]" has the range "z-a", which runs backwards'],
    );
    finds(
      "a set that takes away",
      `checklist:
  items:
    - id: a
      title: A
      changed: 'db/[!a]'`,
      [
        '5:16 checklist.items[0].changed — The pattern "db/[!a]" has a set that starts with "!", which GitHub Actions does not know',
      ],
    );
    finds(
      "a sign that follows nothing",
      `checklist:
  items:
    - id: a
      title: A
      changed: '?.sql'`,
      [
        '5:16 checklist.items[0].changed — The pattern "?.sql" has a "?" that follows no character: write "\\?" for a plain one, "*" for anything',
      ],
    );
    finds(
      "a backslash at the end",
      "checklist:\n  items:\n    - id: a\n      title: A\n      changed: 'db\\'",
      [
        '5:16 checklist.items[0].changed — The pattern "db\\" ends with "\\", which must stand before a character',
      ],
    );
    finds(
      "a path from the root",
      `checklist:
  items:
    - id: a
      title: A
      changed: /db/**`,
      [
        '5:16 checklist.items[0].changed — The pattern "/db/**" matches nothing: paths start at the root of the repository, without "/" or "./"',
      ],
    );
    finds(
      "a path from here",
      `checklist:
  items:
    - id: a
      title: A
      changed: ./db/**`,
      [
        '5:16 checklist.items[0].changed — The pattern "./db/**" matches nothing: paths start at the root of the repository, without "/" or "./"',
      ],
    );
    finds(
      "a directory",
      `checklist:
  items:
    - id: a
      title: A
      changed: db/`,
      [
        '5:16 checklist.items[0].changed — The pattern "db/" matches nothing: for everything in the directory, write "db/**"',
      ],
    );
    finds(
      "only patterns that take away",
      `checklist:
  items:
    - id: a
      title: A
      when: { labels: ['!wip'] }`,
      [
        '5:15 checklist.items[0].when.labels — Patterns with "!" only take away: put one before them that matches, such as "**"',
      ],
    );
    finds(
      "too many wildcards",
      `checklist:
  items:
    - id: a
      title: A
      changed: '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a'`,
      [
        '5:16 checklist.items[0].changed — The pattern "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a" has more than 16 wildcards',
      ],
    );
    finds(
      "a bad pattern in a release rule",
      `checklist:
  release:
    - base: 'release/[0-9'`,
      [
        '3:13 checklist.release[0].base — The pattern "release/[0-9" has a "[" without "]": write "\\[" for a plain one',
      ],
    );
  });

  describe("people", () => {
    finds(
      "a person with @",
      `checklist:
  items:
    - id: a
      title: A
      signers: { from: '@octocat' }`,
      [
        '5:24 checklist.items[0].signers.from — "@octocat" is no team: write "octocat" for a person, "@org/team" for a team',
      ],
    );
    finds(
      "a team without @",
      `checklist:
  items:
    - id: a
      title: A
      signers: { from: acme/sre }`,
      ['5:24 checklist.items[0].signers.from — "acme/sre" names nobody: a team needs "@", as in "@acme/sre"'],
    );
    finds(
      "a role that does not exist",
      `checklist:
  items:
    - id: a
      title: A
      signers: { from: ['role:owner'] }`,
      [
        '5:25 checklist.items[0].signers.from[0] — "role:owner" names no role: use "role:admin", "role:maintain" or "role:write"',
      ],
    );
    finds(
      "a role that may not write",
      `checklist:
  items:
    - id: a
      title: A
      signers: { from: ['role:read'] }`,
      [
        '5:25 checklist.items[0].signers.from[0] — "role:read" names no role: use "role:admin", "role:maintain" or "role:write"',
      ],
    );
    finds(
      "nobody at all",
      `checklist:
  items:
    - id: a
      title: A
      signers: { from: [octo cat] }`,
      [
        '5:25 checklist.items[0].signers.from[0] — "octo cat" names nobody: write a login, "@org/team" or "role:write"',
      ],
    );
    finds(
      "an unknown exclusion",
      `checklist:
  items:
    - id: a
      title: A
      signers: { not: [autor] }`,
      [
        '5:24 checklist.items[0].signers.not[0] — Entry 1 of "not" must be "author" or "contributors", not "autor" (did you mean "author"?)',
      ],
    );
    finds(
      "nobody is enough",
      `checklist:
  items:
    - id: a
      title: A
      signers: { count: 0 }`,
      ['5:25 checklist.items[0].signers.count — "count" must be 1 or more'],
    );
    finds(
      "half a person",
      `checklist:
  items:
    - id: a
      title: A
      signers: { count: 1.5 }`,
      ['5:25 checklist.items[0].signers.count — "count" must be a whole number, not the number 1.5'],
    );
    finds(
      "an empty list of signers",
      `checklist:
  items:
    - id: a
      title: A
      signers: { from: [] }`,
      [
        '5:18 checklist.items[0].signers.from — "from" must not be empty: give at least one entry, or leave the key out',
      ],
    );
    finds(
      "a list for signers",
      `checklist:
  items:
    - id: a
      title: A
      signers: [octocat]`,
      ['5:7 checklist.items[0].signers — "signers" must be a mapping with keys, not a list'],
    );
    finds(
      "a bad party in may",
      `checklist:
  may: { override: 'octo cat' }`,
      ['2:20 checklist.may.override — "octo cat" names nobody: write a login, "@org/team" or "role:write"'],
    );
  });

  describe("questions and announcements", () => {
    finds(
      "no question",
      `checklist:
  items:
    - id: a
      title: A
      questions: {}`,
      ["5:7 checklist.items[0].questions — There is no question here"],
    );
    finds(
      "a question's id with capitals",
      `checklist:
  items:
    - id: a
      title: A
      questions: { Code: How? }`,
      [
        '5:20 checklist.items[0].questions.Code — "Code" is no id: use up to 50 lower-case letters, digits and single "-" between them',
      ],
    );
    finds(
      "an empty question",
      `checklist:
  items:
    - id: a
      title: A
      questions: { code: '' }`,
      ["5:26 checklist.items[0].questions.code — This text is empty"],
    );
    finds(
      "questions as a list",
      `checklist:
  items:
    - id: a
      title: A
      questions: [How?]`,
      ['5:7 checklist.items[0].questions — "questions" must be a mapping with keys, not a list'],
    );
    finds(
      "dismiss-stale as a number",
      `checklist:
  items:
    - id: a
      title: A
      dismiss-stale: 1`,
      [
        '5:22 checklist.items[0].dismiss-stale — "dismiss-stale" must be true or false, text or a list, not the number 1: put it into quotation marks',
      ],
    );
    finds(
      "dismiss-stale with a bad pattern",
      `checklist:
  items:
    - id: a
      title: A
      dismiss-stale: [/db]`,
      [
        '5:23 checklist.items[0].dismiss-stale[0] — The pattern "/db" matches nothing: paths start at the root of the repository, without "/" or "./"',
      ],
    );
    finds(
      "a recipient that is none",
      `checklist:
  items:
    - id: a
      title: A
      notify: { to: '#releases' }`,
      [
        '5:21 checklist.items[0].notify.to — "#releases" is no recipient: write the name of a target that the server knows, "@org/team" or "@login"',
      ],
    );
    finds(
      "an unknown time to post",
      `checklist:
  items:
    - id: a
      title: A
      notify: { post: on-merge }`,
      ['5:23 checklist.items[0].notify.post — "post" must be "on-tick" or "when-ready", not "on-merge"'],
    );
    finds(
      "notify: true",
      `checklist:
  items:
    - id: a
      title: A
      notify: true`,
      ['5:15 checklist.items[0].notify — "notify" must be a mapping with keys, not true'],
    );
  });

  describe("templates", () => {
    finds(
      "an unknown template with a near one",
      `checklist:
  extends: defualt`,
      ['2:12 checklist.extends — There is no template "defualt" (did you mean "default"?)'],
    );
    finds(
      "an unknown template with none near",
      `checklist:
  extends: [default, everything]`,
      ['2:22 checklist.extends[1] — There is no template "everything": known is default'],
    );
    finds(
      "a template given twice",
      `checklist:
  extends: [default, default]`,
      ['2:22 checklist.extends[1] — The template "default" is given twice'],
    );
    finds(
      "a slot that is nearly one",
      `checklist:
  checks: { stagin-e2e: e2e }`,
      [
        '2:13 checklist.checks.stagin-e2e — The templates have no slot "stagin-e2e" (did you mean "staging-e2e"?)',
      ],
    );
    finds(
      "a slot that is none",
      `checklist:
  checks: { load: load-test }`,
      [
        '2:13 checklist.checks.load — The templates have no slot "load": they have ci, staging-e2e and migration-validation',
      ],
    );
    finds(
      "slots without a template",
      `checklist:
  items: [{ id: a, title: A }]
  checks: { ci: ci }`,
      [
        '3:13 checklist.checks.ci — There is no slot "ci": "checks" fills the slots of templates, and none is extended',
      ],
    );
    finds(
      "a slot with a bad check",
      `checklist:
  checks:
    ci: { workflow: ci }`,
      ['3:21 checklist.checks.ci.workflow — "ci" is no workflow file: write its file name, as in "ci.yml"'],
    );
  });

  describe("doubts", () => {
    finds(
      "rules that can all be dodged",
      `checklist:
  release:
    - { base: main, head: 'release/**' }
    - labels: release`,
      [
        'warning: 2:3 checklist.release — Every rule here looks at the head\'s name or a label, which the author chooses: only a rule with "base" alone cannot be dodged',
      ],
    );
    finds(
      "checklist misspelt",
      `changelog: {}
check-list:
  range: auto`,
      [
        'warning: 2:1 check-list — Unknown key "check-list" (did you mean "checklist"?): without "checklist" nothing is checked here',
      ],
    );
  });

  describe("doubts about single values", () => {
    finds("a red conclusion that counts as green", item("check: { name: e2e, accept: [success, failure] }"), [
      'warning: 5:27 checklist.items[0].check.accept — A run that ends with "failure" counts as green here: is that meant?',
    ]);
    finds("the same in a slot", "checklist:\n  checks: { ci: { name: ci, accept: cancelled } }", [
      'warning: 2:29 checklist.checks.ci.accept — A run that ends with "cancelled" counts as green here: is that meant?',
    ]);
    finds(
      "skipped and neutral may be wanted",
      item("check: { name: e2e, accept: [success, skipped, neutral] }"),
      [],
    );
    finds("the app's own check", item('check: "Release checklist: main"'), [
      '5:14 checklist.items[0].check — "Release checklist: main" is the app\'s own check, which never counts for an item',
    ]);
  });

  describe("files that are not ours", () => {
    finds("an empty file", "", []);
    finds("a file with comments only", "# nothing\n", []);
    finds("a file with changelog only", "changelog:\n  exclude: { labels: [skip] }\n", []);
    finds(
      "changelog may hold what it likes",
      "changelog: { a: 1, a: 2, b: *x, c: !t d }\nchecklist: {}\n",
      [],
    );
    finds("a missing blank behind checklist", "checklist:default", [
      'warning: 1:1 (syntax) — There are no keys in this file: without "checklist" nothing is checked here',
    ]);
  });

  describe("many mistakes", () => {
    finds(
      "all in the order of the file",
      `checklist:
  range: all
  items:
    - id: A
      title: 1
    - id: b
      titel: B
  may: { override: '@octocat' }`,
      [
        '2:10 checklist.range — "range" must be "base", "last-release" or "auto", not "all"',
        '4:11 checklist.items[0].id — "A" is no id: use up to 50 lower-case letters, digits and single "-" between them',
        '5:14 checklist.items[0].title — "title" must be text, not the number 1: put it into quotation marks',
        '7:7 checklist.items[1].titel — Unknown key "titel" (did you mean "title"?)',
        '8:20 checklist.may.override — "@octocat" is no team: write "octocat" for a person, "@org/team" for a team',
      ],
    );
  });

  describe("bounds", () => {
    finds("too many items", `checklist:\n  items:\n${itemsOf(101)}`, [
      '2:3 checklist.items — "items" has too many entries: at most 100 are allowed',
    ]);
    finds("too many items with a template's", `checklist:\n  extends: default\n  items:\n${itemsOf(94)}`, [
      "3:3 checklist.items — 101 items with those of the templates are too many: at most 100",
    ]);
    finds("a title that is too long", `checklist:\n  items:\n    - { id: a, title: ${"A".repeat(201)} }`, [
      "3:23 checklist.items[0].title — This text has 201 characters: at most 200 are allowed",
    ]);
    finds("a pattern that is too long", `checklist:\n  release:\n    - base: ${"a".repeat(257)}`, [
      `3:13 checklist.release[0].base — The pattern "${"a".repeat(59)}…" is longer than 256 characters`,
    ]);
    finds("a file that is too large", `checklist: {}\n#${"é".repeat(33_000)}`, [
      "1:1 (syntax) — This file has 66015 bytes: at most 65536 (64 KiB) are read",
    ]);
    finds("aliases of aliases", aliasBomb(), [
      "2:1 checklist — The aliases in here unfold to more than 20000 values: write less, or fewer aliases",
    ]);
    test("no more than 300 findings, and the last one tells of the rest", () => {
      const keys = Array.from({ length: 310 }, (_, at) => `  k${at}: 1`).join("\n");
      const found = findings(`checklist:\n${keys}`);
      expect(found).toHaveLength(300);
      expect(found.at(-1)).toMatch(/ \(and 10 more below\)$/);
    });
  });
});

function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, at) => {
    const inner = at === 0 ? "1" : `*a${at - 1}`;
    return `a${at}: &a${at} [${Array(9).fill(inner).join(", ")}]`;
  });
  return `x: { ${levels.join(", ")} }\nchecklist: { items: *a8 }`;
}

describe("phases", () => {
  const item = (rest: string, id = "a"): string => `    - { id: ${id}, title: A, ${rest} }\n`;
  const first = "checklist:\n  items:\n    - { id: ci, title: CI }\n";
  finds(
    "what looks at the open pull request, after the merge",
    first + item("phase: deploy, assigned: true"),
    [
      '4:41 checklist.items[1].assigned — "assigned" looks at the open pull request: an item of the phase "deploy" cannot have it',
    ],
  );
  finds("what follows the merge, before it", first + item('tag: "v*"'), [
    '4:26 checklist.items[1].tag — "tag" looks at what follows the merge: add "phase: after-deploy" (or "deploy") to this item',
  ]);
  finds("nothing before the merge", `checklist:\n  items:\n${item("phase: deploy")}`, [
    "2:3 checklist.items — No item is due before the merge, so nothing would hold it up: at least one must be",
  ]);
  finds("no time", first + item("phase: after-deploy, wait: soon"), [
    '4:53 checklist.items[1].wait — "soon" is no time: write minutes, hours or days, such as "30m", "24h" or "2d"',
  ]);
  finds("too long a time", first + item("phase: after-deploy, wait: { for: 31d }"), [
    '4:60 checklist.items[1].wait.for — "31d" is not between one minute and 30 days',
  ]);
});
