/** One step of a procedure that runs SQL. Lines count from 1 in the procedure's body. */
export type Step =
  | { readonly kind: "sql"; readonly sql: string; readonly line: number }
  /** An expression: it changes nothing itself, but may call functions. */
  | { readonly kind: "expression"; readonly sql: string; readonly line: number }
  /** `EXECUTE` of the text that an expression gives. */
  | { readonly kind: "execute"; readonly sql: string; readonly line: number };

/** A variable is given a value. */
export type Assignment =
  | { readonly kind: "expression"; readonly variable: string; readonly expression: string }
  /** One element of an array after the other. */
  | { readonly kind: "elements"; readonly variable: string; readonly array: string }
  /** The columns of a query: one for each variable, or as fields of one record. */
  | {
      readonly kind: "query";
      readonly variables: readonly string[];
      readonly isRecord: boolean;
      readonly query: string;
    }
  /** Something that only the run shows. */
  | { readonly kind: "unseen"; readonly variables: readonly string[] };

export interface Procedure {
  readonly steps: readonly Step[];
  readonly assignments: readonly Assignment[];
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** What the parser of PL/pgSQL says, as a list of what runs and of what the variables may hold. */
export function procedureOf(tree: unknown): Procedure {
  const steps: Step[] = [];
  const assignments: Assignment[] = [];
  const variables = variableNames(tree);
  const visit = (value: Fields, line: number, givesText: boolean): void => {
    for (const [key, child] of Object.entries(value)) {
      if (!isFields(child)) continue;
      const at = key.startsWith("PLpgSQL_stmt") && typeof child.lineno === "number" ? child.lineno : line;
      if (key === "PLpgSQL_expr") steps.push(stepOf(child, line));
      else if (key === "dynquery" || (key === "query" && givesText)) {
        steps.push({ kind: "execute", sql: queryOf(child), line });
      } else {
        assignments.push(...assigned(key, child, variables));
        visit(child, at, key === "PLpgSQL_stmt_dynexecute" || key === "PLpgSQL_stmt_dynfors");
      }
    }
  };
  if (isFields(tree)) visit(tree, 1, false);
  return { steps, assignments };
}

const queryOf = (holder: unknown): string => {
  const expression = isFields(holder) && isFields(holder.PLpgSQL_expr) ? holder.PLpgSQL_expr : {};
  return typeof expression.query === "string" ? expression.query : "";
};

function stepOf(expression: Fields, line: number): Step {
  const sql = typeof expression.query === "string" ? expression.query : "";
  // 0: a statement; 2: an expression; above: an assignment with its target.
  const mode = typeof expression.parseMode === "number" ? expression.parseMode : 0;
  if (mode === 0) return { kind: "sql", sql, line };
  return { kind: "expression", sql: mode > 2 ? assignedValue(sql) : sql, line };
}

const target = /^((?:"[^"]*"|[^"=:])*):?=/;
const assignedValue = (assignment: string): string => assignment.replace(target, "");

function assigned(key: string, fields: Fields, variables: readonly (string | undefined)[]): Assignment[] {
  if (key === "PLpgSQL_var" && isFields(fields.default_val) && typeof fields.refname === "string") {
    return [{ kind: "expression", variable: fields.refname, expression: queryOf(fields.default_val) }];
  }
  if (key === "PLpgSQL_stmt_assign") {
    const text = queryOf(fields.expr);
    const variable = target.exec(text)?.[1]?.trim();
    return variable === undefined ? [] : [{ kind: "expression", variable, expression: assignedValue(text) }];
  }
  if (key === "PLpgSQL_stmt_foreach_a") {
    const variable = variables[typeof fields.varno === "number" ? fields.varno : 0];
    return variable === undefined ? [] : [{ kind: "elements", variable, array: queryOf(fields.expr) }];
  }
  if (key === "PLpgSQL_stmt_fors") return fromQuery(fields.var, queryOf(fields.query));
  if (key === "PLpgSQL_stmt_execsql" && fields.into === true)
    return fromQuery(fields.target, queryOf(fields.sqlstmt));
  const filled = key === "PLpgSQL_stmt_dynfors" || key === "PLpgSQL_stmt_forc" ? fields.var : fields.target;
  if (/^PLpgSQL_stmt_(?:dynfors|forc|dynexecute|fetch|call)$/.test(key) && isFields(filled)) {
    const { names, isRecord } = targetsOf(filled);
    return isRecord || names.length === 0 ? [] : [{ kind: "unseen", variables: names }];
  }
  return [];
}

function fromQuery(holder: unknown, query: string): Assignment[] {
  const { names, isRecord } = targetsOf(holder);
  return names.length === 0 ? [] : [{ kind: "query", variables: names, isRecord, query }];
}

/** The variables of a target: several, or one record. */
function targetsOf(holder: unknown): { names: string[]; isRecord: boolean } {
  const { PLpgSQL_rec: record, PLpgSQL_row: row } = isFields(holder) ? holder : {};
  const name = refname(record);
  if (name !== undefined) return { names: [name], isRecord: true };
  const fields = isFields(row) && Array.isArray(row.fields) ? (row.fields as unknown[]) : [];
  const names = fields.map((field) => (isFields(field) && typeof field.name === "string" ? field.name : ""));
  return { names, isRecord: false };
}

const refname = (datum: unknown): string | undefined =>
  isFields(datum) && typeof datum.refname === "string" ? datum.refname : undefined;

/** The names of all variables by their numbers. */
function variableNames(tree: unknown): (string | undefined)[] {
  const functions =
    isFields(tree) && Array.isArray(tree.plpgsql_funcs) ? (tree.plpgsql_funcs as unknown[]) : [];
  const [first] = functions;
  const definition = isFields(first) && isFields(first.PLpgSQL_function) ? first.PLpgSQL_function : {};
  const datums = Array.isArray(definition.datums) ? (definition.datums as unknown[]) : [];
  return datums.map((datum) => (isFields(datum) ? refname(Object.values(datum)[0]) : undefined));
}
