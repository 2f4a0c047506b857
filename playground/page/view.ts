import { useEffect, useState } from "preact/hooks";
import type { View } from "../serve/view.ts";

export interface Seen {
  /** Null until everything was told once. */
  readonly view: View | null;
  /** Whether the playground still answers. */
  readonly connected: boolean;
}

const parts = ["world", "play", "repo", "threads", "machines", "inbox", "webhooks", "requests"] as const;

/** What the server tells, as it tells it. */
export function useView(): Seen {
  const [seen, setSeen] = useState<Seen>({ view: null, connected: true });
  useEffect(() => {
    let told: Partial<View> = {};
    const events = new EventSource("/events");
    for (const part of parts) {
      events.addEventListener(part, ({ data }) => {
        told = { ...told, [part]: JSON.parse(data) };
      });
    }
    // The server says when it has told all that belongs together.
    events.addEventListener("told", () => setSeen({ view: told as View, connected: true }));
    events.addEventListener("error", () => setSeen(({ view }) => ({ view, connected: false })));
    return () => events.close();
  }, []);
  return seen;
}
