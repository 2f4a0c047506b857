import { Mapping, type Node, type Path, Raw } from "./yaml.ts";

/** Mistakes that are put into a valid configuration, each with what is to be found, and where. */

export interface Expected {
  readonly path: Path;
  readonly at: "key" | "value";
  /** Which one, where the key is given more than once. */
  readonly nth?: number;
  readonly message: string;
  /** The finding names no key: the parser itself stopped there. */
  readonly syntax?: boolean;
}

export interface Mistake {
  readonly name: string;
  /** It is in an item of its own, and says nothing about the rest. */
  readonly inItem?: true;
  /** Makes it. `pick` chooses a number below another one. */
  make(checklist: Mapping, pick: (count: number) => number): Expected;
}

const map = (entries: Record<string, Node>): Mapping => new Mapping(Object.entries(entries));

/** Puts a key in any place among the others. */
function insert(into: Mapping, key: string, value: Node, pick: (count: number) => number): void {
  into.entries.splice(pick(into.entries.length + 1), 0, [key, value]);
}

function replace(into: Mapping, key: string, value: Node, pick: (count: number) => number): void {
  const at = into.entries.findIndex(([name]) => name === key);
  if (at === -1) insert(into, key, value, pick);
  else into.entries[at] = [key, value];
}

/** Adds an item in any place; gives the path to it. */
function addItem(checklist: Mapping, item: Mapping, pick: (count: number) => number): Path {
  const items = [...((checklist.get("items") as Node[] | undefined) ?? [])];
  const at = pick(items.length + 1);
  items.splice(at, 0, item);
  replace(checklist, "items", items, pick);
  return ["checklist", "items", at];
}

/** A mistake at the top of the checklist. */
const top = (name: string, key: string, value: Node, message: string, below: Path = []): Mistake => ({
  name,
  make(checklist, pick) {
    replace(checklist, key, value, pick);
    return { path: ["checklist", key, ...below], at: "value", message };
  },
});

/** A mistake in an item that has nothing else wrong; `path` leads from the item to the place. */
const item = (
  name: string,
  entries: Record<string, Node>,
  path: Path,
  message: string,
  more: Pick<Partial<Expected>, "at" | "syntax"> = {},
): Mistake => ({
  name,
  inItem: true,
  make(checklist, pick) {
    const given = Object.entries({ id: "wrong", title: "Wrong", ...entries });
    // In any order, but for the order among those that the mistake is about.
    const [id, title, ...rest] = given;
    const order = [id, title].flatMap((entry) => (entry === undefined ? [] : [entry]));
    const all = [...rest];
    for (const entry of order) all.splice(pick(all.length + 1), 0, entry);
    const place = addItem(checklist, new Mapping(all), pick);
    return { path: [...place, ...path], at: "value", message, ...more };
  },
});

const keepsForItself = (word: string): string =>
  `"${word}" begins with "${word[0]}", which YAML keeps for itself: quote it, as in "${word}"`;

const known = (key: string, near: string): string => `Unknown key "${key}" (did you mean "${near}"?)`;

const bare = (sign: string): string => keepsForItself(sign);

export const mistakes: readonly Mistake[] = [
  // What YAML does not take.
  {
    name: "a bare @",
    make(checklist, pick) {
      replace(checklist, "may", map({ waive: [new Raw("@acme/leads")] }), pick);
      return {
        path: ["checklist", "may", "waive", 0],
        at: "value",
        message: bare("@acme/leads"),
        syntax: true,
      };
    },
  },
  item("a bare backtick", { help: new Raw("`make`") }, ["help"], bare("`make`"), { syntax: true }),
  item("a bare %", { help: new Raw("%d tests") }, ["help"], bare("%d tests"), { syntax: true }),
  item("a bare pattern with *", { changed: [new Raw("**/*.sql")] }, ["changed", 0], bare("**/*.sql")),
  item("a bare pattern with !", { changed: ["db/**", new Raw("!db/x")] }, ["changed", 1], bare("!db/x")),
  item(
    "an unknown alias",
    { help: new Raw("*words") },
    ["help"],
    '"*words" is an alias, and no "&words" stands before it: quote it if it is a pattern',
  ),
  item(
    "a tag that does not fit",
    { required: new Raw("!!bool maybe") },
    ["required"],
    '"!!bool maybe" has a tag that does not fit: leave the tag out',
  ),
  {
    name: "a key given twice",
    make(checklist, pick) {
      const place = addItem(
        checklist,
        new Mapping([
          ["id", "wrong"],
          ["title", "Wrong"],
          ["help", "One"],
          ["help", "Two"],
        ]),
        pick,
      );
      return { path: [...place, "help"], at: "key", nth: 1, message: '"help" is given twice' };
    },
  },
  {
    name: "a merge key",
    make(checklist, pick) {
      const place = addItem(checklist, map({ "<<": map({ a: "b" }), id: "wrong", title: "Wrong" }), pick);
      return {
        path: [...place, "<<"],
        at: "key",
        message: 'Merge keys ("<<") are not supported: write the keys out',
      };
    },
  },
  {
    name: "a reserved key",
    make(checklist, pick) {
      insert(checklist, "__proto__", "x", pick);
      return {
        path: ["checklist", "__proto__"],
        at: "key",
        message: '"__proto__" is reserved: choose another key',
      };
    },
  },

  // Unknown keys, with the nearest known one.
  {
    name: "an unknown key at the top",
    make(checklist, pick) {
      insert(checklist, "enforcment", "active", pick);
      return {
        path: ["checklist", "enforcment"],
        at: "key",
        message: known("enforcment", "enforcement"),
      };
    },
  },
  item("an unknown key of an item", { titel: "A" }, ["titel"], known("titel", "title"), { at: "key" }),
  item(
    "of a check",
    { check: map({ name: "ci", acept: "success" }) },
    ["check", "acept"],
    known("acept", "accept"),
    { at: "key" },
  ),
  item("of signers", { signers: map({ form: "octocat" }) }, ["signers", "form"], known("form", "from"), {
    at: "key",
  }),
  item(
    "of a condition",
    { when: map({ paths: "a", lables: "b" }) },
    ["when", "lables"],
    known("lables", "labels"),
    { at: "key" },
  ),
  item(
    "of a window",
    { window: map({ timezone: "UTC", opne: "Mon" }) },
    ["window", "opne"],
    known("opne", "open"),
    { at: "key" },
  ),
  item("of an announcement", { notify: map({ too: "ops" }) }, ["notify", "too"], known("too", "to"), {
    at: "key",
  }),
  item(
    "of a deployment",
    { deployment: map({ environment: "staging", ingore: "a" }) },
    ["deployment", "ingore"],
    known("ingore", "ignore"),
    { at: "key" },
  ),
  {
    name: "of rights",
    make(checklist, pick) {
      replace(checklist, "may", map({ wave: "octocat" }), pick);
      return { path: ["checklist", "may", "wave"], at: "key", message: known("wave", "waive") };
    },
  },
  {
    name: "of a release rule",
    make(checklist, pick) {
      replace(checklist, "release", [map({ base: "main" }), map({ base: "main", haed: "a" })], pick);
      return { path: ["checklist", "release", 1, "haed"], at: "key", message: known("haed", "head") };
    },
  },

  // Wrong types and words.
  top(
    "a wrong word",
    "enforcement",
    "activ",
    '"enforcement" must be "active" or "evaluate", not "activ" (did you mean "active"?)',
  ),
  top("another wrong word", "range", "all", '"range" must be "base", "last-release" or "auto", not "all"'),
  top("a word for yes", "request-signers", "yes", '"request-signers" must be true or false, not "yes"'),
  top(
    "a mapping for a list",
    "items",
    map({ a: map({ title: "A" }) }),
    '"items" must be a list, not a mapping',
  ),
  top(
    "an empty list",
    "items",
    [],
    '"items" must not be empty: give at least one entry, or leave the key out',
  ),
  top("nothing", "release", null, '"release" is empty: it must be a list'),
  item(
    "a number for a title",
    { title: 1 },
    ["title"],
    '"title" must be text, not the number 1: put it into quotation marks',
  ),
  item(
    "a truth for a text",
    { help: true },
    ["help"],
    '"help" must be text, not true: put it into quotation marks',
  ),
  item("a list for a text", { help: ["a"] }, ["help"], '"help" must be text, not a list'),
  item(
    "a text for a number",
    { signers: map({ count: "two" }) },
    ["signers", "count"],
    '"count" must be a whole number, not "two"',
  ),
  item("too few signers", { signers: map({ count: 0 }) }, ["signers", "count"], '"count" must be 1 or more'),
  item(
    "too many signers",
    { signers: map({ count: 101 }) },
    ["signers", "count"],
    '"count" must be 100 or less',
  ),
  item(
    "a wrong exclusion",
    { signers: map({ not: ["autor"] }) },
    ["signers", "not", 0],
    'Entry 1 of "not" must be "author" or "contributors", not "autor" (did you mean "author"?)',
  ),
  item("assigned: false", { assigned: false }, ["assigned"], '"assigned" must be true, not false'),
  item("an empty text", { help: " " }, ["help"], "This text is empty"),
  item("a title of two lines", { title: "One\nTwo" }, ["title"], "This text must stand on one line"),
  item(
    "a title that is too long",
    { title: "x".repeat(201) },
    ["title"],
    "This text has 201 characters: at most 200 are allowed",
  ),

  // Ids.
  item(
    "an id that is none",
    { id: "Two words" },
    ["id"],
    '"Two words" is no id: use up to 50 lower-case letters, digits and single "-" between them',
  ),
  item(
    "a question's id that is none",
    { questions: map({ How: "How?" }) },
    ["questions", "How"],
    '"How" is no id: use up to 50 lower-case letters, digits and single "-" between them',
    { at: "key" },
  ),
  {
    name: "an item without an id",
    make(checklist, pick) {
      const path = addItem(checklist, map({ title: "Wrong" }), pick);
      return { path: [...path, "id"], at: "value", message: '"id" is missing' };
    },
  },
  {
    name: "an id given twice",
    make(checklist, pick) {
      addItem(checklist, map({ id: "twice", title: "One" }), () => 0);
      const items = [...(checklist.get("items") as Node[])];
      const at = 1 + pick(items.length);
      items.splice(at, 0, map({ title: "Two", id: "twice" }));
      replace(checklist, "items", items, pick);
      return {
        path: ["checklist", "items", at, "id"],
        at: "value",
        message: 'The id "twice" is given twice',
      };
    },
  },
  {
    name: "an item without a title",
    make(checklist, pick) {
      const path = addItem(checklist, map({ id: "zzz-none-like-it" }), pick);
      return { path: [...path, "id"], at: "value", message: 'The item "zzz-none-like-it" needs a "title"' };
    },
  },

  // Kinds.
  item(
    "two kinds in one item",
    { changed: "a", assigned: true },
    ["assigned"],
    'An item is of one kind, and this one has "changed" already: make two items',
    { at: "key" },
  ),
  item(
    "two kinds the other way round",
    { notify: map({}), check: "ci" },
    ["notify"],
    'An item is of one kind, and this one has "check" already: make two items',
    { at: "key" },
  ),
  item(
    "a key of another kind",
    { check: "ci", questions: map({ a: "A?" }) },
    ["questions"],
    '"questions" does not fit here: this item is decided by "check"',
    { at: "key" },
  ),
  {
    name: "an item that is removed and changed",
    make(checklist, pick) {
      replace(checklist, "extends", "default", pick);
      removeKeys(checklist, "checks", "groups");
      stripGroups(checklist);
      const path = addItem(checklist, map({ id: "rollback", remove: true, help: "A" }), pick);
      return {
        path: [...path, "remove"],
        at: "key",
        message: 'An item that is removed has no other keys: take "help" out',
      };
    },
  },

  // Names.
  top(
    "an unknown template",
    "extends",
    "defualt",
    'There is no template "defualt" (did you mean "default"?)',
  ),
  top(
    "an unknown template in a list",
    "extends",
    ["default", "hotfx"],
    'There is no template "hotfx" (did you mean "hotfix"?)',
    [1],
  ),
  {
    name: "an unknown slot",
    make(checklist, pick) {
      replace(checklist, "extends", "default", pick);
      replace(checklist, "checks", map({ "staging-e2": "e2e" }), pick);
      return {
        path: ["checklist", "checks", "staging-e2"],
        at: "key",
        message: 'The templates have no slot "staging-e2" (did you mean "staging-e2e"?)',
      };
    },
  },
  {
    name: "an unknown group",
    make(checklist, pick) {
      replace(checklist, "groups", [map({ title: "Before it goes" })], pick);
      stripGroups(checklist);
      const path = addItem(checklist, map({ id: "wrong", title: "Wrong", group: "Before it gos" }), pick);
      return {
        path: [...path, "group"],
        at: "value",
        message: 'There is no group "Before it gos" (did you mean "Before it goes"?)',
      };
    },
  },
  item(
    "a time zone that is none",
    { window: map({ timezone: "Europe/Berlim" }) },
    ["window", "timezone"],
    '"Europe/Berlim" is no time zone (did you mean "Europe/Berlin"?)',
  ),
  item(
    "a window without a time zone",
    { window: map({ open: "Mon" }) },
    ["window", "timezone"],
    '"timezone" is missing',
  ),
  item(
    "a weekly time that is none",
    { window: map({ timezone: "UTC", open: ["Tue 10:00-14:00", "Tu 10-14"] }) },
    ["window", "open", 1],
    '"Tu 10-14" names no days of the week: write it as in "Tue-Thu 10:00-14:00", with the days Mon, Tue, Wed, Thu, Fri, Sat, Sun',
  ),
  item(
    "a date that is none",
    { window: map({ timezone: "UTC", closed: [map({ from: "2026-13-01" })] }) },
    ["window", "closed", 0, "from"],
    '"2026-13-01" is no date: write it as in "2026-12-20"',
  ),
  item(
    "days that end before they begin",
    { window: map({ timezone: "UTC", closed: [map({ from: "2026-12-20", through: "2026-12-19" })] }) },
    ["window", "closed", 0, "through"],
    '"2026-12-19" comes before "2026-12-20"',
  ),
  item(
    "a workflow that is none",
    { check: map({ workflow: "ci" }) },
    ["check", "workflow"],
    '"ci" is no workflow file: write its file name, as in "ci.yml"',
  ),
  item(
    "the app's own check",
    { check: "Release checklist: main" },
    ["check"],
    '"Release checklist: main" is the app\'s own check, which never counts for an item',
  ),
  item(
    "a check without a name",
    { check: map({ app: "github-actions" }) },
    ["check"],
    'A check needs a "name" or a "workflow"',
  ),
  item(
    "a conclusion that is none",
    { check: map({ name: "ci", accept: "sucess" }) },
    ["check", "accept"],
    '"accept" must be "success", "neutral", "skipped", "cancelled", "failure", "timed_out", "action_required", "stale" or "startup_failure", not "sucess" (did you mean "success"?)',
  ),
  item(
    "a team without @",
    { signers: map({ from: ["acme/sre"] }) },
    ["signers", "from", 0],
    '"acme/sre" names nobody: a team needs "@", as in "@acme/sre"',
  ),
  item(
    "a person with @",
    { signers: map({ from: "@octocat" }) },
    ["signers", "from"],
    '"@octocat" is no team: write "octocat" for a person, "@org/team" for a team',
  ),
  item(
    "a role that is none",
    { signers: map({ from: "role:owner" }) },
    ["signers", "from"],
    '"role:owner" names no role: use "role:admin", "role:maintain" or "role:write"',
  ),
  item(
    "a recipient that is none",
    { notify: map({ to: ["all of us"] }) },
    ["notify", "to", 0],
    '"all of us" is no recipient: write the name of a target that the server knows, "@org/team" or "@login"',
  ),

  item(
    "a weekly time of too many words",
    { window: map({ timezone: "UTC", open: "Tue 10:00 - 14:00" }) },
    ["window", "open"],
    '"Tue 10:00 - 14:00" is no weekly time: write it as in "Tue-Thu 10:00-14:00"',
  ),
  item(
    "hours that are none",
    { window: map({ timezone: "UTC", warn: "Tue 10-14" }) },
    ["window", "warn"],
    '"Tue 10-14" has no hours like "10:00-14:00"',
  ),
  item(
    "hours that no clock shows",
    { window: map({ timezone: "UTC", open: "Tue 10:00-25:00" }) },
    ["window", "open"],
    '"Tue 10:00-25:00" names a time that no clock shows: the day goes from 00:00 to 24:00',
  ),
  item(
    "hours over midnight",
    { window: map({ timezone: "UTC", open: "Fri 22:00-02:00" }) },
    ["window", "open"],
    '"Fri 22:00-02:00" ends before it begins: for hours over midnight give two, the first to 24:00',
  ),
  item(
    "an environment that only takes away",
    { deployment: map({ environment: "!staging" }) },
    ["deployment", "environment"],
    'The name "!staging" begins with "!": write "\\!" for a plain one',
  ),
  item(
    "an environment that is too long",
    { deployment: map({ environment: "x".repeat(256) }) },
    ["deployment", "environment"],
    "This text has 256 characters: at most 255 are allowed",
  ),
  item(
    "an app that is none",
    { check: map({ name: "ci", app: "GitHub Actions" }) },
    ["check", "app"],
    '"GitHub Actions" is no slug of an app: write it as in the address of the app\'s page, such as "github-actions"',
  ),
  item(
    "a login that is none",
    { check: map({ name: "ci", by: "@bea" }) },
    ["check", "by"],
    '"@bea" is no login of a person or app',
  ),
  {
    name: "a group given twice",
    make(checklist, pick) {
      const groups = [...((checklist.get("groups") as Node[] | undefined) ?? [])];
      replace(checklist, "groups", [map({ title: "Both" }), ...groups, map({ title: "Both" })], pick);
      return {
        path: ["checklist", "groups", groups.length + 1, "title"],
        at: "value",
        message: 'The group "Both" is given twice',
      };
    },
  },
  top(
    "a template given twice",
    "extends",
    ["default", "default"],
    'The template "default" is given twice',
    [1],
  ),
  {
    name: "nothing to remove",
    make(checklist, pick) {
      removeKeys(checklist, "extends", "checks");
      const path = addItem(checklist, map({ id: "gone", remove: true }), pick);
      return {
        path: [...path, "id"],
        at: "value",
        message: 'There is no item "gone" to remove: "remove" takes out items of a template',
      };
    },
  },
  item(
    "a late kind before the merge",
    { tag: "v*" },
    ["tag"],
    '"tag" looks at what follows the merge: add "phase: after-deploy" (or "deploy") to this item',
    { at: "key" },
  ),
  {
    name: "an early kind after the merge",
    make(checklist, pick) {
      addItem(checklist, map({ id: "before", title: "Before the merge" }), pick);
      const late = map({ id: "wrong", title: "Wrong", phase: "deploy", changed: "a" });
      const path = addItem(checklist, late, pick);
      return {
        path: [...path, "changed"],
        at: "key",
        message: '"changed" looks at the open pull request: an item of the phase "deploy" cannot have it',
      };
    },
  },
  item(
    "a time that is none",
    { wait: "soon", phase: "after-deploy" },
    ["wait"],
    '"soon" is no time: write minutes, hours or days, such as "30m", "24h" or "2d"',
  ),
  ...Object.entries<Node>({
    changed: "a",
    assigned: true,
    deployment: map({ environment: "x" }),
    window: map({ timezone: "UTC" }),
  }).map(([kind, value]) =>
    item(
      `questions with "${kind}"`,
      { [kind]: value, questions: map({ a: "A?" }) },
      ["questions"],
      `"questions" does not fit here: this item is decided by "${kind}"`,
      { at: "key" },
    ),
  ),
  item(
    "questions of an announcement",
    { notify: map({}), questions: map({ a: "A?" }) },
    ["questions"],
    '"questions" does not fit here: this item announces with "notify"',
    { at: "key" },
  ),

  // Patterns and conditions.
  item(
    "a wildcard that follows nothing",
    { changed: "+a" },
    ["changed"],
    'The pattern "+a" has a "+" that follows no character: write "\\+" for a plain one, "*" for anything',
  ),
  item(
    "a set that is not closed",
    { changed: "a[b" },
    ["changed"],
    'The pattern "a[b" has a "[" without "]": write "\\[" for a plain one',
  ),
  item(
    "too many questions",
    { questions: map(Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`q${at}`, "Q?"]))) },
    ["questions"],
    "21 questions are too many: at most 20",
  ),
  item(
    "a path from the root",
    { changed: "/db/**" },
    ["changed"],
    'The pattern "/db/**" matches nothing: paths start at the root of the repository, without "/" or "./"',
  ),
  item(
    "patterns that only take away",
    { changed: ["!db/**"] },
    ["changed"],
    'Patterns with "!" only take away: put one before them that matches, such as "**"',
  ),
  item(
    "a condition without a key",
    { when: map({}) },
    ["when"],
    'A condition needs "paths", "labels", "base" or "migrations"; without one leave "when" out',
  ),
  top(
    "a rule without a key",
    "release",
    [map({ base: "main" }), map({})],
    'A rule needs "base", "head" or "labels"',
    [1],
  ),
  item("no question", { questions: map({}) }, ["questions"], "There is no question here"),
];

function removeKeys(checklist: Mapping, ...keys: string[]): void {
  const kept = checklist.entries.filter(([key]) => !keys.includes(key));
  checklist.entries.splice(0, checklist.entries.length, ...kept);
}

/** Items of the configuration that stand under a group which is not there any more. */
function stripGroups(checklist: Mapping): void {
  for (const one of (checklist.get("items") as readonly Mapping[] | undefined) ?? [])
    removeKeys(one, "group");
}
