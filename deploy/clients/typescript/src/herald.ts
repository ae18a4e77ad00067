import createClient, { type Client } from "openapi-fetch";
import { accounts, type Accounts } from "./accounts.js";
import type { components, paths } from "./api.js";
import type { components as published } from "./events.js";
import { session, type Options } from "./session.js";
import type { Tokens } from "./storage.js";

export type { Accounts, SessionView } from "./accounts.js";
export { HeraldProblem, isProblem, orThrow, type CodeOf, type Problem, type ProblemCode } from "./problem.js";
export type { Options } from "./session.js";
export { inMemory, inWebStorage, type Tokens, type TokenStorage } from "./storage.js";

/** Every type of the description: `Schemas["Post"]`, `Schemas["Problem"]`. */
export type Schemas = components["schemas"];

/** The payload of every event by its type, `Events["user.created"]`, and the headers of a record, `Events["EventHeaders"]`. */
export type Events = published["schemas"];

export interface Herald extends Client<paths>, Accounts {
  logIn(email: string, password: string): Promise<Tokens>;
  /** Ends the session. Succeeds if it has ended already; throws and keeps the session if Herald is unavailable. */
  logOut(): Promise<void>;
  /** Whether there is a session. In cookie mode, a new page learns this from Herald. */
  resume(): Promise<boolean>;
}

/** Herald's API with a session. An access token that has expired is replaced, once for all requests and tabs. */
export function herald(baseUrl: string, options: Options = {}): Herald {
  const current = session(baseUrl, options);
  const { logIn, logOut, resume } = current;
  const client = createClient<paths>({ baseUrl, fetch: current.send });
  return Object.assign(client, accounts(baseUrl, current), { logIn, logOut, resume });
}
