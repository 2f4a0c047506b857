import type { Node } from "libpg-query";
import { type NodeKind, type NodeOf, opened, stringsOf } from "../ast.ts";
import { type Concern, destructive, risky, type Scene } from "../scene.ts";
import { alterTable } from "./alter-table.ts";
import { dataChanges } from "./data.ts";
import {
  alterDomain,
  alterSequence,
  createPolicy,
  grant,
  moveSchema,
  rename,
  rule,
  setVariable,
} from "./definitions.ts";
import { drop } from "./drop.ts";
import { cluster, createIndex, lock, option, refresh, reindex, vacuum } from "./maintenance.ts";

type Judges = {
  readonly [Kind in NodeKind]?: (
    statement: NodeOf<Kind>,
    scene: Scene,
  ) => Concern | null | readonly Concern[];
};

const backup = "Take a backup first, and make sure that nobody uses it any more.";
const gone = (what: string) => () => destructive(`${what} goes, with all data in it.`, backup);
const inUse = (what: string) => () =>
  risky(`The release that still runs may use the ${what}.`, "Change it when nobody uses it any more.");
const server = () =>
  risky("The setting is for the whole server.", "Change it apart from the release, and note the old value.");

const judges: Judges = {
  AlterTableStmt: alterTable,
  DropStmt: drop,
  RenameStmt: rename,
  AlterObjectSchemaStmt: moveSchema,
  IndexStmt: createIndex,
  ReindexStmt: reindex,
  VacuumStmt: vacuum,
  ClusterStmt: cluster,
  RefreshMatViewStmt: refresh,
  LockStmt: lock,
  AlterDomainStmt: alterDomain,
  AlterSeqStmt: alterSequence,
  CreatePolicyStmt: createPolicy,
  RuleStmt: rule,
  GrantStmt: grant,
  VariableSetStmt: setVariable,
  DropdbStmt: gone("The database"),
  DropOwnedStmt: gone("Everything that the role owns"),
  DropRoleStmt: inUse("role"),
  DropTableSpaceStmt: inUse("tablespace"),
  DropSubscriptionStmt: inUse("subscription"),
  DropUserMappingStmt: inUse("user mapping"),
  AlterPolicyStmt: inUse("policy"),
  AlterUserMappingStmt: inUse("user mapping"),
  AlterForeignServerStmt: inUse("foreign server"),
  AlterSubscriptionStmt: inUse("subscription"),
  AlterPublicationStmt: ({ action }) => (action === "AP_AddObjects" ? null : inUse("publication")()),
  AlterEnumStmt: ({ oldVal, typeName }, { created }) =>
    oldVal === undefined || created.has("type", stringsOf(typeName))
      ? null
      : risky(
          "The release that still runs knows the value by its old name, and fails.",
          "Add a new value, switch to it, and leave the old one.",
        ),
  GrantRoleStmt: ({ is_grant }) => (is_grant === true ? null : inUse("role")()),
  AlterRoleStmt: ({ role }, { created }) =>
    created.has("other", ["role", role?.rolename ?? ""]) ? null : inUse("role")(),
  ExplainStmt: (statement, scene) =>
    option(statement.options, "analyze") ? dataChanges(statement, scene) : null,
  CopyStmt: (statement, scene) =>
    statement.is_program === true
      ? risky("It runs a program on the database's server.", "Look up what the program does.")
      : dataChanges(statement, scene),
  AlterSystemStmt: server,
  AlterTableMoveAllStmt: () =>
    risky(
      "Every table is rewritten while nobody can read or write it.",
      "Move one table at a time in a quiet hour.",
    ),
  AlterExtensionStmt: () =>
    risky(
      "An extension's update runs a script that is not in this file.",
      "Read the extension's notes, and try it on a copy.",
    ),
};

/** Statements that change rows, or can hold others in `WITH`. The bodies of views, rules and functions do not run. */
const run = new Set<NodeKind>([
  ...([
    "SelectStmt",
    "InsertStmt",
    "UpdateStmt",
    "DeleteStmt",
    "MergeStmt",
    "TruncateStmt",
    "CopyStmt",
  ] as const),
  ...(["CreateTableAsStmt", "PrepareStmt", "DeclareCursorStmt"] as const),
]);

/**
 * Beginnings of the kinds of statements that neither lose data nor stand in anybody's way. What is in no list here
 * is newer than this program, and counts as risky.
 */
const harmless = [
  ...["Create", "Comment", "Define", "View", "Composite", "Import", "Transaction", "Constraints", "Variable"],
  ...["CheckPoint", "Discard", "Listen", "Notify", "Unlisten", "Load", "SecLabel", "Execute", "Deallocate"],
  ...[
    "ClosePortal",
    "Fetch",
    "Return",
    "Call",
    "Do",
    "AlterOwner",
    "AlterObjectDepends",
    "AlterFunction",
    "AlterDatabase",
  ],
  ...[
    "AlterDefaultPrivileges",
    "AlterRoleSet",
    "AlterStats",
    "AlterCollation",
    "AlterOp",
    "AlterType",
    "AlterFdw",
  ],
  ...[
    "AlterTableSpaceOptions",
    "AlterEventTrig",
    "AlterExtensionContents",
    "AlterTS",
    "ReassignOwned",
    "Explain",
  ],
];

/** What a statement does, apart from what runs inside `DO` blocks and called functions. */
export function concernsOf(node: Node, scene: Scene): readonly Concern[] {
  const { kind, inner } = opened(node);
  const judge = judges[kind] as
    | ((statement: unknown, scene: Scene) => Concern | null | readonly Concern[])
    | undefined;
  if (judge !== undefined) return [judge(inner, scene) ?? []].flat();
  if (run.has(kind)) return dataChanges(node, scene);
  return harmless.some((beginning) => kind.startsWith(beginning))
    ? []
    : [risky("What this statement does is not known here.", "Look it up before the release.")];
}
