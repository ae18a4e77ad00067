import { HeraldProblem, withProblem, type Problem } from "./problem.js";
import { inMemory, inWebStorage, type Tokens, type TokenStorage } from "./storage.js";
import { tabs } from "./tabs.js";

export interface Options {
  /**
   * Where the tokens are kept: until the page is closed (the default), in `sessionStorage`, or in a storage of your own. `cookie` keeps the
   * refresh token in a cookie that scripts cannot read, and the access token in memory.
   */
  storage?: "memory" | "sessionStorage" | "cookie" | TokenStorage;
  /** From an earlier login. */
  tokens?: Tokens | undefined;
  /** Called with every new pair, also of another tab, and with `undefined` when the session has ended. */
  onTokens?: (tokens: Tokens | undefined) => void;
  fetch?: typeof fetch;
}

/** The operations of a session; each request and response is as `fetch` has them. */
export interface Session {
  /** Sends a request with the access token. Replaces the token and repeats the request if the token is refused. */
  send(request: Request): Promise<Response>;
  logIn(email: string, password: string): Promise<Tokens>;
  logOut(): Promise<void>;
  resume(): Promise<boolean>;
}

/** Responses of these paths with the status 401 are not about the access token. */
const CREDENTIALS = /\/auth\/(login|refresh)$/;

/** Two, because the token that another tab has told this one may have expired too. */
const MOST_RENEWALS = 2;

export function session(baseUrl: string, options: Options): Session {
  const { storage = "memory", onTokens, fetch: send = fetch } = options;
  const cookie = storage === "cookie";
  const kept =
    storage === "sessionStorage" ? inWebStorage(sessionStorage) : typeof storage === "object" ? storage : inMemory();
  let mayHaveCookie = cookie;
  let refreshing: Promise<Response | undefined> | undefined;
  if (options.tokens) {
    kept.write(options.tokens);
  }

  let changedAt = 0;
  const others = tabs(`herald ${baseUrl}`, ({ of, at, tokens }) => {
    if (of === nameOf(kept.read()) && at > changedAt) {
      store(tokens, at);
    }
  });

  /** A refresh token names its session; all tabs share one cookie, so in cookie mode all have the same session. */
  function nameOf(tokens: Tokens | undefined): string | undefined {
    return cookie ? "cookie" : tokens?.refreshToken;
  }

  function store(tokens: Tokens | undefined, at: number): void {
    kept.write(tokens);
    changedAt = at;
    mayHaveCookie = cookie && tokens !== undefined;
    onTokens?.(tokens);
  }

  function replace(old: Tokens | undefined, tokens: Tokens | undefined): void {
    const at = Math.max(Date.now(), changedAt + 1);
    store(tokens, at);
    const of = nameOf(old);
    if (of) {
      others.tell({ of, at, tokens });
    }
  }

  function post(path: string, body?: object): Request {
    const headers = {
      ...(body && { "content-type": "application/json" }),
      ...(cookie && { "x-herald-token-transport": "cookie" }),
    };
    const credentials = cookie ? "include" : "same-origin";
    return new Request(baseUrl + path, { method: "POST", headers, credentials, body: JSON.stringify(body) });
  }

  /** Returns the response if the refresh failed for another reason than the end of the session, such as an outage. */
  async function refresh(): Promise<Response | undefined> {
    const old = kept.read();
    const body = cookie ? undefined : { refreshToken: old?.refreshToken };
    const response = await send(post("/api/auth/refresh", body));
    if (response.ok) {
      replace(old, (await response.json()) as Tokens);
    } else if (response.status !== 401) {
      return withProblem(response);
    } else if (isUsed(old)) {
      replace(old, undefined);
    }
    return undefined;
  }

  /** Whether these are still the tokens of the session. */
  function isUsed(tokens: Tokens | undefined): boolean {
    return kept.read()?.accessToken === tokens?.accessToken;
  }

  /** One refresh serves all requests of all tabs. */
  function renew(old: Tokens | undefined): Promise<Response | undefined> {
    let failed: Response | undefined;
    refreshing ??= others
      .inTurn(
        async () => {
          failed = await refresh();
        },
        () => !isUsed(old),
      )
      .then(() => failed)
      .finally(() => (refreshing = undefined));
    return refreshing;
  }

  async function authorized(request: Request, renewals = MOST_RENEWALS): Promise<Response> {
    const old = kept.read();
    const again = request.clone();
    const response = await send(bearing(request, old));
    const renewable = renewals > 0 && (old ?? mayHaveCookie) && !CREDENTIALS.test(new URL(request.url).pathname);
    if (response.status !== 401 || !renewable) {
      return response;
    }
    const failed = isUsed(old) && (await renew(old));
    if (failed) {
      return failed.clone();
    }
    return kept.read() && !isUsed(old) ? authorized(again, renewals - 1) : response;
  }

  return {
    send: async (request) => withProblem(await authorized(request)),

    async logIn(email, password) {
      const response = await checked(await send(post("/api/auth/login", { email, password })));
      const tokens: Tokens = await response.json();
      replace(kept.read(), tokens);
      return tokens;
    },

    async logOut() {
      const response = await authorized(post("/api/auth/logout"));
      if (response.status !== 401) {
        await checked(response);
      }
      replace(kept.read(), undefined);
    },

    async resume() {
      if (!kept.read() && mayHaveCookie) {
        const failed = await renew(undefined);
        if (failed) {
          await checked(failed.clone());
        }
      }
      return kept.read() !== undefined;
    },
  };
}

function bearing(request: Request, tokens: Tokens | undefined): Request {
  if (tokens) {
    request.headers.set("authorization", `Bearer ${tokens.accessToken}`);
  }
  return request;
}

/** Returns a successful response, and throws the problem of any other. */
export async function checked(response: Response): Promise<Response> {
  if (response.ok) {
    return response;
  }
  throw new HeraldProblem((await (await withProblem(response)).json()) as Problem);
}
