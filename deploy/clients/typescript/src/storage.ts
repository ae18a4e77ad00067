import type { components } from "./api.js";

/** The tokens of a session. In cookie mode there is no `refreshToken`: it is in a cookie that scripts cannot read. */
export type Tokens = Omit<components["schemas"]["Tokens"], "refreshToken"> & { refreshToken?: string };

/** Keeps the tokens of a session. */
export interface TokenStorage {
  read(): Tokens | undefined;
  write(tokens: Tokens | undefined): void;
}

/** Keeps the tokens until the page is closed. */
export function inMemory(): TokenStorage {
  let kept: Tokens | undefined;
  return {
    read: () => kept,
    write: (tokens) => {
      kept = tokens;
    },
  };
}

/** Keeps the tokens in `sessionStorage` or `localStorage`, where every script of the page can read them. */
export function inWebStorage(area: Storage, key = "herald"): TokenStorage {
  return {
    read() {
      const text = area.getItem(key);
      return text === null ? undefined : (JSON.parse(text) as Tokens);
    },
    write(tokens) {
      if (tokens) {
        area.setItem(key, JSON.stringify(tokens));
      } else {
        area.removeItem(key);
      }
    },
  };
}
