import type { components, paths } from "./api.js";

/** RFC 9457 problem details with Herald's extensions. */
export type Problem = components["schemas"]["Problem"];

/** The codes of all problems. */
export type ProblemCode = Problem["code"];

/** The problem codes of one operation: `CodeOf<"/api/auth/login", "post">`. */
export type CodeOf<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends { responses: infer R }
  ? { [S in keyof R]: R[S] extends { content: { "application/problem+json": { code: infer C } } } ? C : never }[keyof R]
  : never;

/** A problem document as an exception; programs decide by its `code`. */
export class HeraldProblem<C extends ProblemCode = ProblemCode> extends Error {
  override readonly name = "HeraldProblem";

  constructor(readonly problem: Problem & { code: C }) {
    super(`${problem.title}: ${problem.detail}`);
  }

  get code(): C {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** Whether a failure is a problem with one of these codes; with any code if none is given. */
export function isProblem<C extends ProblemCode>(failure: unknown, ...codes: C[]): failure is HeraldProblem<C> {
  return failure instanceof HeraldProblem && (!codes.length || codes.includes(failure.code as C));
}

/** Returns the data of a successful response, and throws the problem of any other. */
export async function orThrow<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw new HeraldProblem(isDocument(error) ? error : problemOf(response));
  }
  return data as T;
}

const CODES: Record<number, string> = {
  401: "authentication-required",
  403: "forbidden",
  404: "not-found",
  405: "method-not-allowed",
  408: "request-timeout",
  413: "content-too-large",
  415: "unsupported-media-type",
  429: "rate-limited",
  502: "upstream-unavailable",
  503: "upstream-unavailable",
  504: "upstream-timeout",
};

/** The problem that a status stands for, for responses of a proxy in front of Herald. */
function problemOf({ status, statusText, url }: Response): Problem {
  const code = (CODES[status] ?? (status < 500 ? "malformed-request" : "internal-error")) as ProblemCode;
  return {
    type: `/problems/${code}`,
    title: statusText || `HTTP status ${status}`,
    status,
    detail: "The response has no problem document.",
    instance: url && new URL(url).pathname,
    code,
  };
}

/** The same response, with a problem document as its body if it is an error without one. */
export async function withProblem(response: Response): Promise<Response> {
  if (response.status < 400) {
    return response;
  }
  const text = await response.text();
  const body = isDocument(parsed(text)) ? text : JSON.stringify(problemOf(response));
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/problem+json");
  headers.delete("content-length");
  headers.delete("content-encoding");
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDocument(body: unknown): body is Problem {
  return typeof (body as Problem | null | undefined)?.code === "string";
}
