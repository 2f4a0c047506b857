import { type Arguments, type Document, parse, type Selection, SyntaxProblem, type Value } from "./parse.ts";

/** Answers a parsed query from objects whose fields are functions of their arguments. */

export type Args = Record<string, unknown>;
export type Field = (args: Args) => unknown;

/** An object of the graph: its type, and its fields by name. */
export interface GraphObject {
  __typename: string;
  fields: Record<string, Field>;
}

export interface GraphError {
  type: string;
  path: Array<string | number>;
  message: string;
  locations: unknown[];
}

/** A field that is refused: it becomes null, and the answer has an error of this type. */
export class GraphProblem extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** Interfaces and unions of which a type is one. */
const SUPERTYPES: Record<string, readonly string[]> = {
  User: ["Actor", "Node", "Assignee"],
  Bot: ["Actor", "Node", "Assignee"],
  Organization: ["Actor", "Node"],
  PullRequest: ["Node", "Comment", "IssueOrPullRequest"],
  Issue: ["Node", "Comment", "IssueOrPullRequest"],
  IssueComment: ["Node", "Comment"],
  HeadRefForcePushedEvent: ["Node", "PullRequestTimelineItems"],
  Commit: ["Node", "GitObject"],
  Repository: ["Node"],
};

const isGraphObject = (value: unknown): value is GraphObject =>
  typeof value === "object" && value !== null && "__typename" in value && "fields" in value;

class Execution {
  readonly errors: GraphError[] = [];
  readonly #document: Document;
  readonly #variables: Record<string, unknown>;

  constructor(document: Document, variables: Record<string, unknown>) {
    this.#document = document;
    this.#variables = variables;
  }

  #value(value: Value): unknown {
    if (value.kind === "literal") return value.value;
    if (value.kind === "variable") return this.#variables[value.name];
    if (value.kind === "list") return value.items.map((item) => this.#value(item));
    return this.#args(value.fields);
  }

  #args(args: Arguments): Args {
    const found: Args = {};
    for (const name in args) {
      const value = this.#value(args[name] as Value);
      if (value !== undefined && value !== null) found[name] = value;
    }
    return found;
  }

  #wanted(selection: Selection): boolean {
    return selection.directives.every(({ name, args }) => {
      const { if: condition } = this.#args(args);
      return name === "skip" ? condition !== true : name === "include" ? condition === true : true;
    });
  }

  select(
    object: GraphObject,
    selections: readonly Selection[],
    path: Array<string | number>,
    into: Record<string, unknown>,
  ) {
    for (const selection of selections) {
      if (!this.#wanted(selection)) continue;
      if (selection.kind === "field") {
        const at = [...path, selection.alias];
        into[selection.alias] = this.#field(object, selection, at);
        continue;
      }
      const part = selection.kind === "spread" ? this.#document.fragments.get(selection.name) : selection;
      if (!part)
        throw new SyntaxProblem(`There is no fragment ${selection.kind === "spread" ? selection.name : ""}`);
      const { on } = part;
      const fits =
        on === undefined || on === object.__typename || SUPERTYPES[object.__typename]?.includes(on);
      if (fits) this.select(object, part.selections, path, into);
    }
    return into;
  }

  #field(
    object: GraphObject,
    selection: Selection & { kind: "field" },
    path: Array<string | number>,
  ): unknown {
    if (selection.name === "__typename") return object.__typename;
    const field = Object.hasOwn(object.fields, selection.name) ? object.fields[selection.name] : undefined;
    if (!field) {
      const message = `Field '${selection.name}' doesn't exist on type '${object.__typename}' (or the fake GitHub does not know it)`;
      throw new SyntaxProblem(message);
    }
    try {
      return this.#complete(field(this.#args(selection.args)), selection.selections, path);
    } catch (error) {
      if (!(error instanceof GraphProblem)) throw error;
      this.errors.push({ type: error.type, path, message: error.message, locations: [] });
      return null;
    }
  }

  #complete(value: unknown, selections: Selection[] | undefined, path: Array<string | number>): unknown {
    if (Array.isArray(value))
      return value.map((item, index) => this.#complete(item, selections, [...path, index]));
    if (value === null || value === undefined) return null;
    if (!isGraphObject(value)) return value;
    if (!selections)
      throw new SyntaxProblem(`Field '${path.at(-1)}' must have selections (it is a ${value.__typename})`);
    return this.select(value, selections, path, {});
  }
}

export interface GraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: Array<GraphError | { message: string }>;
}

export function execute(
  roots: { query: GraphObject; mutation: GraphObject },
  text: string,
  variables: Record<string, unknown>,
  operationName: string | undefined,
): GraphAnswer {
  try {
    const document = parse(text);
    const operation = document.operations.find(
      (one) => operationName === undefined || one.name === operationName,
    );
    if (!operation)
      return { errors: [{ message: "A query attribute must be specified and must be a string." }] };
    const given = { ...variables };
    for (const [name, value] of Object.entries(operation.defaults)) {
      if (given[name] === undefined && value.kind === "literal") given[name] = value.value;
    }
    const execution = new Execution(document, given);
    const data = execution.select(roots[operation.type], operation.selections, [], {});
    return execution.errors.length > 0 ? { data, errors: execution.errors } : { data };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { errors: [{ message: error.message }] };
    throw error;
  }
}
