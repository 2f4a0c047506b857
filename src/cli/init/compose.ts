import { schemaAddress } from "../../schema-address.ts";
import { isKnownFolder, knownMigrationPaths } from "./migrations.ts";
import type { CheckFound, Shape } from "./shape.ts";

/** The template that the file extends. */
const template = "default";

/**
 * The commented configuration that fits a repository: from the schema's line to the last item.
 *
 * @param templates Names of the built-in templates.
 */
export function compose(shape: Shape, templates: readonly string[]): string {
  const { organisation } = shape;
  const others = templates.filter((name) => name !== template);
  return [
    `# yaml-language-server: $schema=${schemaAddress}`,
    "checklist:",
    ...indented([
      '# A trial blocks nothing: with this line the check passes and says "Would block: …".',
      "# enforcement: evaluate",
      "",
      ...release(shape),
      "",
      `# Where the items come from. Others: ${others.join(", ")}.`,
      `extends: ${template}`,
      ...(organisation === null
        ? []
        : [
            "# The organisation has a checklist for all repositories. To build on that one instead of the template:",
            `# extends: ${scalar(organisation)}`,
          ]),
      "",
      ...checks(shape),
      "",
      ...rights(shape),
      "",
      ...items(shape),
    ]),
    "",
  ].join("\n");
}

const indented = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === "" ? "" : `  ${line}`));

function release({ defaultBranch, releaseBase, tool }: Shape): string[] {
  const usual = ["release/**", "hotfix/**", ...headsOf(tool)];
  if (releaseBase === null)
    return [
      `# Releases are pull requests into ${defaultBranch} from release/**, release-*, hotfix/**, release-please--** or`,
      `# changeset-release/**, and those with the label "release". The author chooses both, so a branch of its own for`,
      '# what is in production is safer: only a rule with "base" alone cannot be dodged.',
      "# release:",
      "#   - base: production",
      ...(tool === null
        ? []
        : [`# ${tool} was found: what is in the release is counted from the last published one.`]),
    ];
  if (releaseBase === defaultBranch || tool === null)
    return [
      `# Everything that goes into ${releaseBase} is a release. The author cannot dodge that.`,
      "release:",
      `  - base: ${scalar(releaseBase)}`,
    ];
  return [
    `# Everything that goes into ${releaseBase} is a release, and what ${tool} opens into ${defaultBranch}.`,
    "release:",
    `  - base: ${scalar(releaseBase)}`,
    `  - base: ${scalar(defaultBranch)}`,
    `    head: [${usual.map(scalar).join(", ")}]`,
  ];
}

const headsOf = (tool: Shape["tool"]): string[] =>
  tool === "release-please" ? ["release-please--**"] : tool === "changesets" ? ["changeset-release/**"] : [];

interface Slot {
  readonly name: string;
  readonly check: CheckFound | null;
  /** What belongs there. */
  readonly about: string;
}

function checks({ ci, e2e, migrationCheck }: Shape): string[] {
  const slots: readonly Slot[] = [
    { name: "ci", check: ci, about: "builds and tests every commit" },
    { name: "staging-e2e", check: e2e, about: "runs the end-to-end tests against staging" },
    {
      name: "migration-validation",
      check: migrationCheck,
      about: "tries the migrations on a copy of real data",
    },
  ];
  const filled = slots.flatMap(({ name, check }) => (check === null ? [] : slot(name, check)));
  const open = slots.flatMap(({ name, check, about }) =>
    check === null ? [`#   ${name}: { workflow: ${name}.yml }   # ${about}`] : [],
  );
  return [
    "# Which checks decide by themselves: a workflow of GitHub Actions, or the name of a check.",
    ...(open.length === 0 ? [] : ["# Where none is named, a person signs instead. Not found here:"]),
    ...open,
    ...(filled.length === 0 ? [] : ["checks:", ...filled]),
  ];
}

const slot = (name: string, check: CheckFound): string[] => [
  `  # found in ${check.where}`,
  "workflow" in check
    ? `  ${name}: { workflow: ${scalar(check.workflow)} }`
    : `  ${name}: ${scalar(check.name)}`,
];

function rights({ owners }: Shape): string[] {
  const example = owners.length === 0 ? '["@acme/leads"]' : `[${owners.map(scalar).join(", ")}]`;
  return [
    "# In an emergency: who may open the gate with a reason, and who may set a single item aside.",
    "may:",
    '  override: ["role:admin"]',
    ...(owners.length === 0
      ? [`  # waive: ${example}`]
      : [`  waive: ${example}   # they own everything, says CODEOWNERS`]),
  ];
}

function items(shape: Shape): string[] {
  const own = [...rollback(shape), ...migrations(shape), ...staging(shape)];
  const announce = [
    "# Announcements become a comment, or go where the server's NOTIFICATION_TARGETS leads:",
    "# - id: stakeholders",
    "#   notify: { to: [stakeholders] }",
  ];
  const heading = "# Items of the template are changed by their id, others are added.";
  const lines = [...own, ...announce];
  // A key with nothing but comments below it would be empty.
  return own.every((line) => line.startsWith("#"))
    ? [heading, "# items:", ...lines.map((line) => line.replace(/^#/, "#  "))]
    : [heading, "items:", ...indented(lines)];
}

function rollback({ owners }: Shape): string[] {
  if (owners.length === 0) return [];
  return [
    "# Signed by somebody else than who wrote the release.",
    "- id: rollback",
    `  signers: { from: [${owners.map(scalar).join(", ")}], not: [author] }`,
  ];
}

function migrations({ migrations: { folders, sql } }: Shape): string[] {
  if (folders.length === 0) return [];
  const others = folders.filter((folder) => !isKnownFolder(folder)).map((folder) => `${folder}/**`);
  const found = `# Migrations were found in ${some(folders)}.`;
  return [
    ...(others.length === 0
      ? [`${found} The item appears when they change.`]
      : [
          found,
          "- id: migrations",
          "  when:",
          "    paths:",
          ...[...knownMigrationPaths, ...others].map((path) => `      - ${scalar(path)}`),
        ]),
    ...(sql
      ? [
          "# The app reads the SQL: this item appears when a migration deletes data.",
          "- id: backup",
          "  title: The database is backed up, and the backup was tried",
          "  when: { migrations: destructive }",
        ]
      : []),
  ];
}

function staging({ staging: found }: Shape): string[] {
  if (found === null) return [];
  const item = [
    "- id: staging",
    `  title: This commit runs on ${plainWords(found.environment)}`,
    `  deployment: { environment: ${scalar(found.environment)} }`,
  ];
  return found.beforeMerge
    ? ["# Green when the newest deployment to the environment is of this commit and succeeded.", ...item]
    : [
        `# There is the environment ${plainWords(found.environment)}, but no workflow deploys a release there before it is merged.`,
        "# Where one does, this item waits for it:",
        ...item.map((line) => `# ${line}`),
      ];
}

const shown = 4;

const some = (names: readonly string[]): string =>
  names.slice(0, shown).map(plainWords).join(", ") +
  (names.length > shown ? ` and ${names.length - shown} more` : "");

/** For a comment or an unquoted title. */
const plainWords = (text: string): string => text.replace(/[^\w ./@-]/g, "?");

/** Plain where YAML takes it for text in every version, else in double quotes as JSON writes them. */
const scalar = (text: string): string =>
  /^[a-z][\w./-]*$/i.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
