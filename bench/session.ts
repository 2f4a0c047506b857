import { RedisServer } from "../test/queue/redis-server.ts";
import { quiet } from "./life/play.ts";
import type { Usage } from "./probe.ts";
import { type Contender, type Measured, startProgram } from "./process.ts";
import { type Contestant, type ProgramOptions, programOf } from "./programs.ts";
import { type Stage, type StageOptions, setStage } from "./stage.ts";

/** Starts a contestant on a stage of its own, lets it settle, measures it, and ends everything. */
export async function withContestant<T>(
  contestant: Contestant,
  options: StageOptions & ProgramOptions,
  measure: (stage: Stage, contender: Contender) => Promise<T>,
): Promise<T> {
  const stage = await setStage(options);
  const redis = contestant === "replicas" ? await RedisServer.start() : null;
  const processes: Measured[] = [];
  try {
    const program = programOf(contestant, stage, { ...options, ...(redis ? { redisUrl: redis.url } : {}) });
    for (let count = redis === null ? 1 : 2; count > 0; count--) processes.push(await startProgram(program));
    stage.listeners = processes.map(({ webhookUrl }) => webhookUrl);
    await quiet(stage);
    return await measure(stage, together(processes));
  } catch (error) {
    const logs = processes.flatMap((one) => one.tail(10)).join("\n");
    throw new Error(`${contestant} failed. The end of its log:\n${logs}`, { cause: error });
  } finally {
    await Promise.all(processes.map((one) => one.stop()));
    await redis?.remove();
    await stage.close();
  }
}

const together = (processes: readonly Measured[]): Contender => {
  const sum = (usages: readonly Usage[]): Usage => ({
    cpu: usages.reduce((total, { cpu }) => total + cpu, 0),
    heap: usages.reduce<number | null>((total, { heap }) => (heap === null ? null : (total ?? 0) + heap), 0),
  });
  return {
    usage: async () => sum(await Promise.all(processes.map((one) => one.usage()))),
    heap: async () => sum(await Promise.all(processes.map((one) => one.heap()))),
  };
};
