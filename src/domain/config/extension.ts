import { quoted } from "./words.ts";

/** What `extends` names: a built-in template, or a file on the default branch of a repository. */
export type Extension =
  | { readonly kind: "template"; readonly name: string }
  | { readonly kind: "file"; readonly owner: string; readonly repo: string; readonly path: string };

export type FileExtension = Extract<Extension, { kind: "file" }>;

const file = /^([a-z\d](?:[a-z\d-]{0,38}))\/([\w.-]{1,100}):([^\p{Cc}]{1,255})$/iu;

/** Reads `confidence` and `owner/repo:path`; a sentence when it is neither. */
export function parseExtension(text: string): Extension | string {
  if (!/[/:]/.test(text)) return { kind: "template", name: text };
  const [, owner, repo, path] = file.exec(text) ?? [];
  if (owner === undefined || repo === undefined || path === undefined || repo === "." || repo === "..")
    return `${quoted(text)} names no file: write "owner/repo:path", such as "acme/.github:.github/release.yml"`;
  if (path.split("/").some((part) => part === "" || part === "." || part === ".."))
    return `${quoted(path)} is no path: write it from the root of the repository, without "." and ".."`;
  if (!/\.ya?ml$/.test(path))
    return `${quoted(path)} is no YAML file: its name must end with ".yml" or ".yaml"`;
  return { kind: "file", owner, repo, path };
}

/** How people write the file, and how it is known: GitHub takes no account of case in names of owners and repositories. */
export const labelOf = ({ owner, repo, path }: Omit<FileExtension, "kind">): string =>
  `${owner}/${repo}:${path}`;
export const keyOfFile = ({ owner, repo, path }: Omit<FileExtension, "kind">): string =>
  `${owner}/${repo}`.toLowerCase().concat(`:${path}`);
