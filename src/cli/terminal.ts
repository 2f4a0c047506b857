/** What a command may do to the outside besides its own work: print, and say how it ended. */
export interface Terminal {
  /** The result. */
  out(text: string): void;
  /** What went wrong, and remarks that are no part of the result. */
  err(text: string): void;
  /** What is being done, for work that takes a while; shown only to a person, and gone when something is printed. */
  progress(text: string): void;
  /** 0: all well. 1: something was found. 2: wrong use, or something cannot be read. */
  exit(code: 0 | 1 | 2): void;
  /** Whether a person reads it on a terminal that shows colours. */
  readonly colours: boolean;
}

/** Clears the line on which progress stands. */
const clear = "\r\u001b[2K";

/** The process's own streams. `NO_COLOR` switches colours off (https://no-color.org). */
export function processTerminal(of: NodeJS.Process = process): Terminal {
  const { stdout, stderr, env } = of;
  let underWay = false;
  const end = (): void => {
    if (underWay) stderr.write(clear);
    underWay = false;
  };
  return {
    out: (text) => {
      end();
      stdout.write(`${text}\n`);
    },
    err: (text) => {
      end();
      stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (stderr.isTTY !== true) return;
      underWay = true;
      stderr.write(`${clear}${text.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    exit: (code) => {
      end();
      of.exitCode = code;
    },
    colours: stdout.isTTY === true && !env.NO_COLOR,
  };
}
