import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./api.js";

/** Every type of the description: `Schemas["Post"]`, `Schemas["Problem"]`. */
export type Schemas = components["schemas"];

/** What a login and a refresh give. */
export type Tokens = Schemas["Tokens"];

export interface Session {
  /** Of a login before, if there was one. */
  tokens?: Tokens | undefined;
  /** Told of every new pair, and with `undefined` that there is none any more. */
  onTokens?: (tokens: Tokens | undefined) => void;
  fetch?: typeof fetch;
}

export interface Herald extends Client<paths> {
  logIn(email: string, password: string): Promise<Tokens>;
  logOut(): Promise<void>;
}

/** A problem that was thrown (RFC 9457); a program decides by its `code`. */
export class HeraldProblem extends Error {
  constructor(readonly problem: Schemas["Problem"]) {
    super(`${problem.title}: ${problem.detail}`);
  }

  get code(): string {
    return this.problem.code;
  }
}

/** The data of an answer, or its problem as an exception. */
export async function orThrow<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw new HeraldProblem(error as Schemas["Problem"]);
  }
  return data as T;
}

/**
 * Herald's API with a session. An access token that is refused is replaced, and the request sent again. A refresh token can be used
 * only once, and whoever uses one twice ends the session, so that however many requests are refused at once, one refresh serves all.
 */
export function herald(baseUrl: string, session: Session = {}): Herald {
  const send = session.fetch ?? fetch;
  let tokens = session.tokens;
  let refreshing: Promise<void> | undefined;

  function keep(fresh: Tokens | undefined): void {
    tokens = fresh;
    session.onTokens?.(fresh);
  }

  async function refresh(refreshToken: string): Promise<void> {
    const { data, response } = await open.POST("/api/auth/refresh", { body: { refreshToken } });
    if (data) {
      keep(data);
    } else if (response.status === 401) {
      keep(undefined);
    }
  }

  async function authorized(request: Request): Promise<Response> {
    const used = tokens;
    if (!used) {
      return send(request);
    }
    const again = request.clone();
    const response = await send(bearing(request, used));
    if (response.status !== 401) {
      return response;
    }
    // Unless another request has already brought a new pair.
    if (tokens === used) {
      refreshing ??= refresh(used.refreshToken).finally(() => (refreshing = undefined));
      await refreshing;
    }
    return tokens && tokens !== used ? send(bearing(again, tokens)) : response;
  }

  const open = createClient<paths>({ baseUrl, fetch: send });
  const client = createClient<paths>({ baseUrl, fetch: authorized });

  return Object.assign(client, {
    async logIn(email: string, password: string): Promise<Tokens> {
      const fresh = await orThrow(open.POST("/api/auth/login", { body: { email, password } }));
      keep(fresh);
      return fresh;
    },
    async logOut(): Promise<void> {
      await orThrow(client.POST("/api/auth/logout"));
      keep(undefined);
    },
  });
}

function bearing(request: Request, { accessToken }: Tokens): Request {
  request.headers.set("authorization", `Bearer ${accessToken}`);
  return request;
}
