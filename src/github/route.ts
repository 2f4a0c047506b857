/**
 * The route of a request as metrics name it: no owner, number, SHA or query, so that their number stays small.
 * `GET /repos/{owner}/{repo}/commits/{sha}/check-runs`
 */
export const routeOf = (url: string): string => {
  const path = new URL(url).pathname.replace(/^\/api\/v3(?=\/)/, "").replace(/^\/api(?=\/graphql$)/, "");
  const parts = path.split("/").slice(1).map(decodeSafely);
  const rest = parts[0] === "repos" ? (openEnds[parts[3] ?? ""] ?? null) : null;
  const named = rest === null ? parts : [...parts.slice(0, 4), rest];
  return `/${named.map((part, index) => templated(part, index, parts)).join("/")}`;
};

/** What may hold any number of slashes. */
const openEnds: Readonly<Record<string, string>> = { contents: "{path}", compare: "{base}...{head}" };

const templated = (part: string, index: number, parts: readonly string[]): string => {
  const [root] = parts;
  const before = parts[index - 1] ?? "";
  if (root === "repos" && index === 1) return "{owner}";
  if (root === "repos" && index === 2) return "{repo}";
  if ((root === "orgs" || root === "users") && index === 1) return "{owner}";
  if (before === "teams") return "{team}";
  if (before === "memberships" || before === "collaborators") return "{login}";
  if (before === "branches" || parts[index - 2] === "git") return "{ref}";
  if (root === "repos" && index === 4 && before === "commits") return "{sha}";
  if (/^\d+$/.test(part)) return "{id}";
  if (/^[0-9a-f]{40}$/.test(part)) return "{sha}";
  return part;
};

const decodeSafely = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
