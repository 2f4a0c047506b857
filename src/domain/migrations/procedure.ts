/** One step of a procedure that runs SQL. Lines count from 1 in the procedure's body. */
export type Step =
  | { readonly kind: "sql"; readonly sql: string; readonly line: number }
  /** An expression: it changes nothing itself, but may call functions. */
  | { readonly kind: "expression"; readonly sql: string; readonly line: number }
  /** `EXECUTE` of the text that an expression gives. */
  | { readonly kind: "execute"; readonly expression: string; readonly line: number };

/** A variable, or `record.*` of a query, is given a value. */
export type Assignment =
  | { readonly kind: "expression"; readonly variable: string; readonly expression: string }
  | {
      readonly kind: "query";
      readonly variables: readonly string[];
      readonly isRecord: boolean;
      readonly query: string;
    };

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
  const visit = (value: Fields, line: number, givesText: boolean): void => {
    for (const [key, child] of Object.entries(value)) {
      if (!isFields(child)) continue;
      const at = key.startsWith("PLpgSQL_stmt") && typeof child.lineno === "number" ? child.lineno : line;
      if (key === "PLpgSQL_expr") steps.push(stepOf(child, line));
      else if (key === "dynquery" || (key === "query" && givesText)) {
        steps.push({ kind: "execute", expression: queryOf(child), line });
      } else {
        assignments.push(...assigned(key, child));
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

const target = /^\s*((?:"[^"]*"|[^"=:])*?)\s*:?=/;
const assignedValue = (assignment: string): string => assignment.replace(target, "");

function assigned(key: string, fields: Fields): Assignment[] {
  if (key === "PLpgSQL_var" && isFields(fields.default_val) && typeof fields.refname === "string") {
    return [{ kind: "expression", variable: fields.refname, expression: queryOf(fields.default_val) }];
  }
  if (key === "PLpgSQL_stmt_assign") {
    const text = queryOf(fields.expr);
    const variable = target.exec(text)?.[1];
    return variable === undefined ? [] : [{ kind: "expression", variable, expression: assignedValue(text) }];
  }
  if (key === "PLpgSQL_stmt_execsql" && fields.into === true)
    return fromQuery(fields.target, queryOf(fields.sqlstmt));
  if (key === "PLpgSQL_stmt_fors") return fromQuery(fields.var, queryOf(fields.query));
  return [];
}

function fromQuery(holder: unknown, query: string): Assignment[] {
  if (!isFields(holder)) return [];
  const { PLpgSQL_rec: record, PLpgSQL_row: row } = holder;
  if (isFields(record) && typeof record.refname === "string") {
    return [{ kind: "query", variables: [record.refname], isRecord: true, query }];
  }
  const fields = isFields(row) && Array.isArray(row.fields) ? (row.fields as unknown[]) : [];
  const variables = fields.map((field) =>
    isFields(field) && typeof field.name === "string" ? field.name : "",
  );
  return variables.length === 0 ? [] : [{ kind: "query", variables, isRecord: false, query }];
}
