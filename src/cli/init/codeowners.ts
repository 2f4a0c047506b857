/** The places where GitHub looks, in its order. */
export const codeownersPaths = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/**
 * The teams who own everything: the last line for `*` counts. Teams of other organisations cannot sign.
 *
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function teamsThatOwnAll(text: string, owner: string | null): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*$/, "").trim().split(/\s+/))
    .filter(([pattern]) => pattern === "*" || pattern === "/" || pattern === "/**" || pattern === "**");
  const [, ...owners] = lines.at(-1) ?? [];
  const teams = owners.filter((name) => /^@[a-z\d-]+\/[\w-]+$/i.test(name));
  const org = owner ?? teams[0]?.slice(1).split("/")[0] ?? "";
  return teams.filter((name) => name.toLowerCase().startsWith(`@${org.toLowerCase()}/`));
}
