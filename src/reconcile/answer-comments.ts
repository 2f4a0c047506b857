import type { Scribe } from "./write.ts";

/** Comments and messages come last: a crash before them repeats harmlessly. */
export async function answerComments({ apply, memory, name }: Scribe): Promise<void> {
  for (const write of memory.of(name).owed) {
    await apply(write);
    memory.note(name, { owed: memory.of(name).owed.filter((other) => other !== write) });
  }
}
