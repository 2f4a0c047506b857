import type { Blob, Objects, Tree } from "./git.ts";

/** The SHA of a folder: that of the same files as a tree of their own, which can then be asked for too. */
export function subtreeSha(objects: Objects, tree: Tree, folder: string): string {
  const prefix = `${folder}/`;
  const files = new Map<string, Blob>();
  for (const [path, blob] of tree.files) {
    if (path.startsWith(prefix)) files.set(path.slice(prefix.length), blob);
  }
  return objects.tree(files).sha;
}
