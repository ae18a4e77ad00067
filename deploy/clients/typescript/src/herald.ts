import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./api.js";
import type { components as published } from "./events.js";

/** Every type of the description: `Schemas["Post"]`, `Schemas["Problem"]`. */
export type Schemas = components["schemas"];

/** The payload of every event by its type, `Events["user.created"]`, and the headers of a record, `Events["EventHeaders"]`. */
export type Events = published["schemas"];

/** The answer to a login or a refresh. */
export type Tokens = Schemas["Tokens"];

export interface Session {
  /** From an earlier login, if there was one. */
  tokens?: Tokens | undefined;
  /** Called with every new pair, and with `undefined` when the session has ended. */
  onTokens?: (tokens: Tokens | undefined) => void;
  fetch?: typeof fetch;
}

export interface Herald extends Client<paths> {
  logIn(email: string, password: string): Promise<Tokens>;
  logOut(): Promise<void>;
}

/** A problem document (RFC 9457) as an exception; programs decide by its `code`. */
export class HeraldProblem extends Error {
  constructor(readonly problem: Schemas["Problem"]) {
    super(`${problem.title}: ${problem.detail}`);
  }

  get code(): string {
    return this.problem.code;
  }
}

/** Returns the data of a successful answer, and throws the problem of any other. */
export async function orThrow<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw new HeraldProblem(error as Schemas["Problem"]);
  }
  return data as T;
}

/**
 * Herald's API with a session. When an access token is refused, it is replaced and the request is sent again. A refresh token works only
 * once, and using it twice ends the session. Therefore one refresh serves all requests that are refused at the same time.
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
    // Another request may already have replaced the tokens.
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
