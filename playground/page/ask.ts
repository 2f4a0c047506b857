import type { Action } from "../serve/action.ts";
import type { ConfigurationView, Outcome } from "../serve/view.ts";

async function ask<Answer>(what: Readonly<Record<string, unknown>>): Promise<Answer> {
  const response = await fetch("/ask", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(what),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answer;
}

const orWhy = async (asked: Promise<Outcome>): Promise<Outcome> => {
  try {
    return await asked;
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error), reasons: [] };
  }
};

export const act = (action: Action): Promise<Outcome> => orWhy(ask({ ask: "act", action }));
export const start = (choice: string): Promise<Outcome> => orWhy(ask({ ask: "start", choice }));
export const play = (choice: string): Promise<Outcome> => orWhy(ask({ ask: "play", choice }));
export const pause = (): Promise<Outcome> => orWhy(ask({ ask: "pause" }));
export const goOn = (): Promise<Outcome> => orWhy(ask({ ask: "go-on" }));
export const validate = (text: string): Promise<ConfigurationView> => ask({ ask: "validate", text });
