import type { AlterTableStmt, Constraint, Node, RangeVar, RenameStmt } from "libpg-query";
import { as, type NodeKind, type NodeOf, nameParts, opened, relationParts, stringsOf } from "./ast.ts";
import { subjectOf } from "./concerns/definitions.ts";
import { createdKind } from "./concerns/drop.ts";
import { calls } from "./concerns/expressions.ts";
import type { Certainty, CreatedKind } from "./created.ts";
import { type ConstraintKind, partOf, type Scene } from "./scene.ts";

/** Writes down what one kind of statement does to the names. `certainty` is that of what it creates. */
type Learner<Statement> = (statement: Statement, scene: Scene, certainty: Certainty) => void;

const learners: { readonly [Kind in NodeKind]?: Learner<NodeOf<Kind>> } = {
  CreateStmt: ({ relation }, scene, certainty) => addRelation(relation, scene, certainty),
  CreateForeignTableStmt: ({ base }, scene, certainty) => addRelation(base?.relation, scene, certainty),
  CreateTableAsStmt: ({ into }, scene, certainty) => addRelation(into?.rel, scene, certainty),
  ViewStmt: ({ view }, scene, certainty) => addRelation(view, scene, certainty),
  CreateSeqStmt: ({ sequence }, scene, certainty) => addRelation(sequence, scene, certainty),
  CompositeTypeStmt: ({ typevar }, { created }, certainty) =>
    created.add("type", typevar === undefined ? [] : relationParts(typevar), certainty),
  CreateEnumStmt: ({ typeName }, { created }, certainty) =>
    created.add("type", stringsOf(typeName), certainty),
  CreateRangeStmt: ({ typeName }, { created }, certainty) =>
    created.add("type", stringsOf(typeName), certainty),
  CreateDomainStmt: ({ domainname, constraints }, { created }, certainty) => {
    const name = stringsOf(domainname);
    created.add("type", name, certainty);
    if (constraints !== undefined) created.add("other", ["domain", ...name], certainty);
  },
  CreateFunctionStmt: ({ funcname, options }, { created }, certainty) => {
    const name = stringsOf(funcname);
    created.add("function", name, certainty);
    if (isSteady(options)) created.add("other", ["steady", ...name], certainty);
  },
  CreateRoleStmt: ({ role = "" }, { created }, certainty) => created.add("other", ["role", role], certainty),
  CreateSchemaStmt: ({ schemaname = "", schemaElts = [] }, scene, certainty) => {
    scene.created.add("schema", [schemaname], certainty);
    for (const element of schemaElts) learn(element, scene);
  },
  IndexStmt: ({ relation, idxname }, { created }, certainty) =>
    created.add(
      "relation",
      [relation?.schemaname, idxname].filter((part) => part !== undefined),
      certainty,
    ),
  AlterTableStmt: learnActions,
  DropStmt: ({ objects = [], removeType }, { created }) => {
    for (const object of objects) created.remove(createdKind(removeType), nameParts(object));
  },
  RenameStmt: learnRename,
  SelectStmt: (statement, scene, certainty) => {
    addRelation(statement.intoClause?.rel, scene, certainty);
    if (calls(statement).some((name) => name.at(-1) === "set_config")) scene.created.lookElsewhere();
  },
  VariableSetStmt: ({ name }, { created }) => {
    if (name === "search_path") created.lookElsewhere();
  },
};

/** Remembers what a statement creates, drops and renames, for those that follow. */
export function learn(node: Node, scene: Scene): void {
  const { kind, inner } = opened(node);
  const perhaps = inner.if_not_exists === true || inner.replace === true;
  const learner = learners[kind] as Learner<unknown> | undefined;
  learner?.(inner, scene, perhaps ? "perhaps" : scene.certainty);
}

function addRelation(range: RangeVar | undefined, { created }: Scene, certainty: Certainty): void {
  if (range?.relpersistence === "t") created.add("relation", ["pg_temp", range.relname ?? ""], "surely");
  else if (range !== undefined) created.add("relation", relationParts(range), certainty);
}

function isSteady(options: readonly Node[] | undefined): boolean {
  const volatility = (options ?? [])
    .map((option) => as(option, "DefElem"))
    .find((option) => option?.defname === "volatility");
  const word = as(volatility?.arg, "String")?.sval;
  return word === "immutable" || word === "stable";
}

const constraintKind = ({ contype }: Constraint): ConstraintKind =>
  contype === "CONSTR_FOREIGN"
    ? "foreign"
    : contype === "CONSTR_CHECK" || contype === "CONSTR_NOTNULL"
      ? "check"
      : "key";

function learnActions(
  { relation, cmds = [] }: AlterTableStmt,
  { created, constraints, transaction, certainty }: Scene,
) {
  const table = relation === undefined ? [] : relationParts(relation);
  for (const command of cmds.flatMap((node) => as(node, "AlterTableCmd") ?? [])) {
    const column = as(command.def, "ColumnDef")?.colname;
    const constraint = as(command.def, "Constraint");
    if (command.subtype === "AT_AddColumn" && column !== undefined) {
      created.add("column", [...table, column], command.missing_ok === true ? "perhaps" : certainty);
    } else if (command.subtype === "AT_DropColumn") {
      created.remove("column", [...table, command.name ?? ""]);
    } else if (command.subtype === "AT_AddConstraint" && constraint?.conname !== undefined) {
      constraints.set(partOf(table, constraint.conname), { kind: constraintKind(constraint), transaction });
    }
  }
}

/** What is renamed keeps being new or old; under its new name, nothing else is meant any more. */
function learnRename(statement: RenameStmt, { created }: Scene): void {
  const { renameType, subname, newname = "" } = statement;
  const subject = subjectOf(statement);
  const [kind, from, to]: [CreatedKind, string[], string[]] =
    renameType === "OBJECT_COLUMN"
      ? ["column", [...subject, subname ?? ""], [...subject, newname]]
      : renameType === "OBJECT_SCHEMA"
        ? ["schema", [subname ?? ""], [newname]]
        : [createdKind(renameType), subject, [...subject.slice(0, -1), newname]];
  if (renameType === "OBJECT_TABCONSTRAINT") return;
  const certainty = created.certainty(kind, from);
  created.remove(kind, from);
  if (certainty === undefined) created.remove(kind, to);
  else created.add(kind, to, certainty);
}
