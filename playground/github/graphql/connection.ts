import { type Args, type GraphObject, GraphProblem } from "./execute.ts";

const cursorOf = (index: number): string => Buffer.from(`cursor:${index}`).toString("base64");
const indexOf = (cursor: unknown): number =>
  Number(Buffer.from(String(cursor), "base64").toString().slice("cursor:".length));

const MOST = 100;

/** A list with cursors, as GraphQL pages it: `first` with `after`, or `last` with `before`. */
export function connection<Item>(
  typename: string,
  items: readonly Item[],
  args: Args,
  show: (item: Item) => GraphObject | null,
): GraphObject {
  const { first, last, after, before } = args as {
    first?: number;
    last?: number;
    after?: string;
    before?: string;
  };
  if (first === undefined && last === undefined) {
    throw new GraphProblem(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the connection.`,
    );
  }
  if ((first ?? 0) > MOST || (last ?? 0) > MOST) {
    throw new GraphProblem(
      "EXCESSIVE_PAGINATION",
      `Requesting more than ${MOST} records exceeds the limit of ${MOST} records.`,
    );
  }
  let start = after === undefined ? 0 : indexOf(after) + 1;
  let end = before === undefined ? items.length : indexOf(before);
  if (first !== undefined) end = Math.min(end, start + first);
  if (last !== undefined) start = Math.max(start, end - last);
  const shown = items.slice(start, end);
  const edges = () =>
    shown.map((item, index) => ({
      __typename: `${typename}Edge`,
      fields: { node: () => show(item), cursor: () => cursorOf(start + index) },
    }));
  return {
    __typename: `${typename}Connection`,
    fields: {
      totalCount: () => items.length,
      nodes: () => shown.map(show),
      edges,
      pageInfo: () => ({
        __typename: "PageInfo",
        fields: {
          hasNextPage: () => end < items.length,
          hasPreviousPage: () => start > 0,
          startCursor: () => (shown.length > 0 ? cursorOf(start) : null),
          endCursor: () => (shown.length > 0 ? cursorOf(end - 1) : null),
        },
      }),
    },
  };
}
