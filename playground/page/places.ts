import { useEffect, useState } from "preact/hooks";
import type { ThreadView } from "../serve/view.ts";

/** Where somebody is on the page. */
export interface Place {
  readonly name: "thread" | "configuration" | "traffic" | "around";
  /** The thread that is shown, or that was the last one elsewhere. */
  readonly thread: ThreadView | undefined;
}

export const threadHash = ({ kind, number }: Pick<ThreadView, "kind" | "number">): string =>
  `#/${kind === "pull" ? "pull" : "issues"}/${number}`;

/** Also understands the addresses of the local GitHub: links in messages lead here. */
export function placeOf(hash: string, threads: readonly ThreadView[]): Place {
  const number = Number(/\/(?:pull|issues)\/(\d+)/.exec(hash)?.[1]);
  const thread = threads.find((one) => one.number === number) ?? threads[0];
  if (/^#(configuration$|.*\/blob\/)/.test(hash)) return { name: "configuration", thread };
  if (hash === "#traffic") return { name: "traffic", thread };
  if (hash === "#around") return { name: "around", thread };
  return { name: "thread", thread };
}

export function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return hash;
}
