const detailsOf = (body: Record<string, unknown>): unknown[] =>
  (Array.isArray(body.errors) ? body.errors : []).map(
    (error) => error.message ?? `${error.field} ${error.code}`,
  );

/** An answer other than success, as GitHub's REST API words it. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}) {
    super([body.message ?? status, ...detailsOf(body)].join(": "));
    this.name = "ApiError";
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** What a person wanted to do, and GitHub would not let them. `reasons` are the lines the page would show. */
export class Refused extends Error {
  readonly reasons: string[];

  constructor(message: string, reasons: string[] = []) {
    super(reasons.length > 0 ? `${message}: ${reasons.join("; ")}` : message);
    this.name = "Refused";
    this.reasons = reasons;
  }
}

const documentation_url = "https://docs.github.com/rest";

export const notFound = (): ApiError =>
  new ApiError(404, { message: "Not Found", documentation_url, status: "404" });

export const unauthorized = (message = "Bad credentials"): ApiError =>
  new ApiError(401, { message, documentation_url, status: "401" });

export const forbidden = (message: string): ApiError =>
  new ApiError(403, { message, documentation_url, status: "403" });

/** GitHub's answer to a field that is missing, wrong or too long. */
export const unprocessable = (
  message: string,
  errors: Array<{ resource?: string; field?: string; code?: string; message?: string }> = [],
): ApiError => new ApiError(422, { message, errors, documentation_url, status: "422" });

/** A 422 about one field, in the long form of `Validation Failed`. */
export const invalidField = (resource: string, field: string, message: string): ApiError =>
  unprocessable("Validation Failed", [{ resource, field, code: "custom", message: `${field} ${message}` }]);
