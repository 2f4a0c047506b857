import { run } from "../../src/cli/program.ts";

/** What a person sees of one command line. */
export interface Shown {
  /** -1: the command did not say how it ended. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What was shown while it went on. */
  readonly progress: readonly string[];
}

export interface ShownOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly colours?: boolean;
}

/** Runs one command line as the program does. */
export async function shown(
  args: readonly string[],
  { env = {}, colours = false }: ShownOptions = {},
): Promise<Shown> {
  const out: string[] = [];
  const err: string[] = [];
  const progress: string[] = [];
  let code = -1;
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    progress: (text: string) => void progress.push(text),
    exit: (given: number) => {
      code = given;
    },
    colours,
  };
  await run(args, terminal, env);
  return { code, out: out.join("\n"), err: err.join("\n"), progress };
}
