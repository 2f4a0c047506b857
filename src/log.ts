import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  destination,
  type LogFn,
  type Logger,
  pino,
  stdSerializers,
} from "pino";
import { prettyFactory } from "pino-pretty";
import type { LogLevel } from "./env.ts";
import { redactor } from "./redact.ts";

export interface LogOptions {
  readonly level: LogLevel;
  /** `json`: a line is an object. `pretty`: for people, as Probot prints it. */
  readonly format: "json" | "pretty";
  /** Values that must not appear in any line. */
  readonly secrets: readonly string[];
}

/**
 * The one logger of the process, also handed to Probot. Every finished line passes the redactor, so that no child
 * logger, error or library can go around it.
 */
export function createLog(
  { level, format, secrets }: LogOptions,
  to: DestinationStream = destination(1),
): Logger {
  const redact = redactor(secrets);
  const pretty = prettyFactory({ ignore: "time,pid,hostname,req,res,responseTime" });
  const log = pino(
    {
      level,
      name: "release-checklist",
      serializers: { err: describeError },
      redact: {
        paths: ["authorization", "cookie", '["x-hub-signature"]', '["x-hub-signature-256"]'].map((header) =>
          header.startsWith("[") ? `req.headers${header}` : `req.headers.${header}`,
        ),
        censor: "[redacted]",
      },
      hooks: { streamWrite: (line) => redact(format === "pretty" ? pretty(line) : line) },
    },
    to,
  );
  quietRequests(log);
  return log;
}

/**
 * Probot logs each request with all its headers. With a health check every few seconds that buries what matters, so
 * only failed requests are logged, unless everything is asked for.
 */
function quietRequests(log: Logger): void {
  const make = log.child as unknown as MakeChild;
  const child: MakeChild = function (bindings, options) {
    const made = make.call(this, bindings, options);
    if (bindings.name === "http" && (made.level === "info" || made.level === "warn")) {
      made.level = "error";
      Object.assign(made, { child: forFailures });
    }
    return made;
  };
  /** What a line would say of its request is written down only once there is a line: nearly always there is none. */
  const forFailures: MakeChild = function (bindings, options) {
    if (options !== undefined) return make.call(this, bindings, options);
    const fail = (...line: Parameters<LogFn>): void => make.call(this, bindings).error(...line);
    return Object.assign(Object.create(this), { error: fail, fatal: fail });
  };
  Object.assign(log, { child });
}

/** Pino's own type also speaks of levels of one's own, of which there are none. */
type MakeChild = (this: Logger, bindings: Bindings, options?: ChildLoggerOptions) => Logger;

type Serialized = ReturnType<typeof stdSerializers.err>;

/**
 * Octokit hangs the whole delivery on an error, payload and all, and the whole request on a failed one: megabytes of
 * other people's text for one line. Keeps what tells them apart.
 */
function describeError(error: Error): Serialized {
  return shorten(stdSerializers.err(error));
}

function shorten(error: Serialized): Serialized {
  const { event, request, response, headers: _, aggregateErrors, ...rest } = error;
  return {
    ...rest,
    ...(event && { event: { id: event.id, name: event.name } }),
    ...(request && { request: { method: request.method, url: request.url } }),
    ...(response && { response: { status: response.status, message: response.data?.message } }),
    ...(aggregateErrors && { aggregateErrors: aggregateErrors.map(shorten) }),
  } as Serialized;
}
