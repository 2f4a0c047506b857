/** What a command may do to the outside besides its own work: print, and say how it ended. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** 0: all well. 1: something was found. 2: wrong use, or something cannot be read. */
  exit(code: 0 | 1 | 2): void;
  /** Whether a person reads it on a terminal that shows colours. */
  readonly colours: boolean;
}

export const processTerminal = (): Terminal => ({
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  exit: (code) => {
    process.exitCode = code;
  },
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
});
