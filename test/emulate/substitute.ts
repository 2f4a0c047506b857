/**
 * What emulate 0.12 lacks of GitHub, and the app cannot do without. Nothing else is touched:
 *
 * - `GET /repos/{owner}/{repo}/commits/{sha}/statuses` is unknown (404): there are no statuses.
 * - `GET /installation/repositories` is unknown (404): it is answered with the repository that is installed on.
 * - A check run does not tell which app made it (`app: null`): those that this app made are remembered.
 * - A new comment can have an `updated_at` a millisecond after its `created_at`, as if it were edited; GitHub's are
 *   equal. No test edits comments.
 * - A pull request always says that it has 0 comments: they are counted.
 */
export function substitute(
  to: typeof fetch,
  app: { readonly id: number; readonly slug: string },
): typeof fetch {
  const ours = new Set<number>();
  return async (input, init) => {
    const method = init?.method ?? "GET";
    const { pathname } = new URL(String(input));
    if (method === "GET" && /\/commits\/[0-9a-f]{40}\/statuses$/.test(pathname)) return Response.json([]);
    if (method === "GET" && pathname === "/installation/repositories") {
      const repository = await to(new URL("/repos/acme/shop", String(input)).href, init);
      return Response.json({ total_count: 1, repositories: [await repository.json()] });
    }
    const response = await to(input, init);
    if (!response.ok) return response;
    if (/\/check-runs(\/\d+)?$/.test(pathname)) {
      const data = (await response.json()) as Run & { check_runs?: Run[] };
      if (method === "POST") ours.add(data.id);
      const named = (run: Run): Run => (ours.has(run.id) ? { ...run, app } : run);
      const filled = data.check_runs ? { ...data, check_runs: data.check_runs.map(named) } : named(data);
      return Response.json(filled, { status: response.status });
    }
    if (method === "GET" && /\/pulls\/\d+$/.test(pathname)) {
      const pull = (await response.json()) as { comments: number };
      const list = new URL(String(input));
      list.pathname = `${pathname.replace("/pulls/", "/issues/")}/comments`;
      const comments = (await (await to(list.href, init)).json()) as readonly unknown[];
      return Response.json({ ...pull, comments: comments.length });
    }
    if (method === "GET" && /\/issues\/\d+\/comments$/.test(pathname)) {
      const comments = (await response.json()) as { created_at: string }[];
      return Response.json(comments.map((comment) => ({ ...comment, updated_at: comment.created_at })));
    }
    return response;
  };
}

interface Run {
  readonly id: number;
  readonly app: unknown;
}
