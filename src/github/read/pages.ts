/** One page of a list, as Octokit returns it. */
export interface Page<D> {
  readonly data: D;
  readonly headers: { readonly link?: string | undefined };
}

export interface PageQuery {
  readonly per_page: number;
  readonly page: number;
}

const size = 100;

/**
 * Reads a whole list. GitHub names the last page in the first page's `Link` header, so the others are read side by
 * side; where it does not, one after the other. What GitHub adds meanwhile may appear twice, never be missed in
 * between, because its lists grow at one end: callers that count drop doubles by id.
 */
export const readPages = async <D, T>(
  request: (query: PageQuery) => Promise<Page<D>>,
  pick: (data: D) => readonly T[],
): Promise<T[]> => {
  const first = await request({ per_page: size, page: 1 });
  const last = pageOf(first.headers.link, "last");
  if (last !== null) {
    const numbers = Array.from({ length: last - 1 }, (_, index) => index + 2);
    const others = await Promise.all(numbers.map((page) => request({ per_page: size, page })));
    return [first, ...others].flatMap(({ data }) => pick(data));
  }
  const found = [...pick(first.data)];
  let next = pageOf(first.headers.link, "next");
  while (next !== null) {
    const page = await request({ per_page: size, page: next });
    found.push(...pick(page.data));
    next = pageOf(page.headers.link, "next");
  }
  return found;
};

const pageOf = (link: string | undefined, rel: string): number | null => {
  const entry = link?.split(",").find((part) => part.includes(`rel="${rel}"`));
  const page = entry?.match(/[?&]page=(\d+)/)?.[1];
  return page === undefined ? null : Number(page);
};

/** Keeps the first of those with the same id. */
export const uniqueById = <T extends { readonly id: number }>(list: readonly T[]): T[] =>
  [...new Map(list.toReversed().map((one) => [one.id, one])).values()].toReversed();
