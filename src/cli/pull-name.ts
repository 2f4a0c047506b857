import { Cannot } from "./cannot.ts";

/** The pull request that is asked for. */
export interface PullName {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** Reads `owner/repo#number`. */
export function readPullName(text: string): PullName {
  const [, owner, repo, number] = /^([\w.-]+)\/([\w.-]+)#([1-9]\d{0,9})$/.exec(text) ?? [];
  if (owner === undefined || repo === undefined)
    throw new Cannot(`"${text}" is no pull request: write it as owner/repo#number.`);
  return { owner, repo, number: Number(number) };
}

/** Reads `owner/repo`. */
export function readRepoName(text: string): { readonly owner: string; readonly repo: string } {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(text) ?? [];
  if (owner === undefined || repo === undefined)
    throw new Cannot(`"${text}" is no repository: write it as owner/repo.`);
  return { owner, repo };
}
