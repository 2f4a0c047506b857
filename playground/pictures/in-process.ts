import { parseTargets } from "../../src/notify/targets.ts";
import { systemTimers } from "../../src/queue/timers.ts";
import { createRuntime } from "../../src/runtime.ts";
import type { Stage } from "../story/stage.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Runs the real app inside this process, by the stage's clock, so that every run shows the same times. */
export function runInProcess(stage: Stage): void {
  const { app, github, webhookSecret } = stage;
  const targets = parseTargets(stage.targets);
  if (!targets.ok) throw new Error(targets.message);
  const runtime = createRuntime({
    credentials: { appId: app.id, privateKey: app.privateKey, webhookSecret },
    apiUrl: "https://api.github.com",
    targets: targets.value,
    sweepIntervalMinutes: 5,
    log: silent,
    timers: { ...systemTimers, now: () => stage.now() },
    transport: { fetch: github.fetch },
  });
  github.webhooks.sink = async ({ guid, event, payload }) => {
    await runtime.receive({ id: guid, name: event, payload } as Parameters<typeof runtime.receive>[0]);
    return 200;
  };
}
