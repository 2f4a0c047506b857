import { quiet } from "./life/play.ts";
import { type Measured, startProgram } from "./process.ts";
import { type Contestant, type ProgramOptions, programOf } from "./programs.ts";
import { type Stage, type StageOptions, setStage } from "./stage.ts";

/** Starts a contestant on a stage of its own, lets it settle, measures it, and ends everything. */
export async function withContestant<T>(
  contestant: Contestant,
  options: StageOptions & ProgramOptions,
  measure: (stage: Stage, measured: Measured) => Promise<T>,
): Promise<T> {
  const stage = await setStage(options);
  try {
    const measured = await startProgram(programOf(contestant, stage, options));
    try {
      stage.webhookUrl = measured.webhookUrl;
      await quiet(stage);
      return await measure(stage, measured);
    } catch (error) {
      throw new Error(`${contestant} failed. The end of its log:\n${measured.tail(10).join("\n")}`, {
        cause: error,
      });
    } finally {
      await measured.stop();
    }
  } finally {
    await stage.close();
  }
}
