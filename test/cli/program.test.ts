import { EventEmitter } from "node:events";
import { describe, expect, test } from "@jest/globals";
import { createProgram } from "../../src/cli/program.ts";
import { processTerminal } from "../../src/cli/terminal.ts";
import { version } from "../../src/version.ts";
import { shown } from "./terminal.ts";

const silent = { out() {}, err() {}, progress() {}, exit() {}, colours: false };
const commands = createProgram(silent, {}).commands;

describe("release-checklist", () => {
  test("--help lists every command with a phrase", async () => {
    const { code, out } = await shown(["--help"]);
    expect(code).toBe(0);
    for (const command of commands) {
      expect(command.summary()).toMatch(/^[a-z].{10,70}[^.]$/);
      expect(out).toMatch(new RegExp(`^ {2}${command.name()} +${command.summary()}$`, "m"));
    }
  });

  test("--version tells the version of the package", async () => {
    expect(await shown(["--version"])).toMatchObject({ code: 0, out: version });
  });

  test.each(commands.map((command) => command.name()))(
    "%s --help tells exit codes and examples that parse, and offers --json",
    async (name) => {
      const { code, out } = await shown([name, "--help"]);
      expect(code).toBe(0);
      expect(out).toMatch(/^Exit codes:\n {2}0 {2}\S/m);
      expect(out).toMatch(/^ {2}--json /m);
      const examples = [...out.matchAll(/^ {2}\$ release-checklist (.*)$/gm)].map(([, line = ""]) => line);
      expect(examples.length).toBeGreaterThan(0);
      for (const line of examples) expect(line.split(" ")[0]).toBe(name);
    },
  );

  test.each([
    ["an unknown command", ["chek"], "unknown command 'chek'"],
    ["an unknown option", ["validate", "--jsn"], "unknown option '--jsn'"],
    ["a missing argument", ["look"], "missing required argument 'pull'"],
  ])("%s ends with 2 and points to --help", async (_, args, message) => {
    const { code, out, err } = await shown(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err).toContain("Add --help for more.");
  });
});

describe("the terminal", () => {
  class Stream extends EventEmitter {
    text = "";
    readonly isTTY: boolean;
    constructor(isTTY: boolean) {
      super();
      this.isTTY = isTTY;
    }
    write(text: string) {
      this.text += text;
    }
  }
  const terminalOf = (isTTY: boolean, env = {}) => {
    const process = { stdout: new Stream(isTTY), stderr: new Stream(isTTY), env, exitCode: undefined };
    return { process, terminal: processTerminal(process as never) };
  };

  test("colours are for a terminal, and not where NO_COLOR is set", () => {
    expect(terminalOf(true).terminal.colours).toBe(true);
    expect(terminalOf(true, { NO_COLOR: "1" }).terminal.colours).toBe(false);
    expect(terminalOf(true, { NO_COLOR: "" }).terminal.colours).toBe(true);
    expect(terminalOf(false).terminal.colours).toBe(false);
  });

  test("progress is for a terminal, and gone when the result is printed", () => {
    const { process, terminal } = terminalOf(true);
    terminal.progress("Reading …");
    expect(process.stderr.text).toContain("Reading …");
    terminal.out("done");
    expect(process.stderr.text.endsWith("\r\u001b[2K")).toBe(true);
    expect(process.stdout.text).toBe("done\n");

    const piped = terminalOf(false);
    piped.terminal.progress("Reading …");
    piped.terminal.exit(1);
    expect(piped.process).toMatchObject({ stderr: { text: "" }, exitCode: 1 });
  });
});
