import { createMemo, type Memo } from "./memo.ts";
import type { SourceFile } from "./source.ts";

/** What is remembered of files, so that an unchanged one costs as few requests as can be. */
export interface FileMemory {
  /** By path and blob: the commit that brought a file. */
  readonly commits: Memo<string>;
  /** By path and blob. */
  readonly texts: Memo<SourceFile>;
}
export const createFileMemory = (): FileMemory => ({
  commits: createMemo<string>(2_000),
  texts: createMemo<SourceFile>(200),
});
