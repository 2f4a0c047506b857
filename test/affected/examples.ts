import { createRequire } from "node:module";
import type { Event, Payload } from "../../src/affected.ts";

interface Definition {
  readonly name: string;
  readonly actions: readonly string[];
  readonly examples: readonly Payload[];
}

const definitions = createRequire(import.meta.url)("@octokit/webhooks-examples") as readonly Definition[];

/** Every recorded payload, by `event.action`. */
export const recorded = (): Map<string, Event[]> => {
  const found = new Map<string, Event[]>();
  for (const { name, actions, examples } of definitions) {
    for (const action of actions) found.set(`${name}.${action}`, []);
    for (const payload of examples) {
      const key = payload.action ? `${name}.${payload.action}` : name;
      found.set(key, [...(found.get(key) ?? []), { name, payload }]);
    }
    // Nobody has recorded every action: then another one of the event lends its payload.
    for (const action of actions) {
      const [example] = examples;
      if (example && found.get(`${name}.${action}`)?.length === 0) {
        found.set(`${name}.${action}`, [{ name, payload: { ...example, action } }]);
      }
    }
  }
  return found;
};

export const example = (key: string): Event => {
  const [event] = recorded().get(key) ?? [];
  if (!event) throw new Error(`no recorded ${key}`);
  return event;
};
