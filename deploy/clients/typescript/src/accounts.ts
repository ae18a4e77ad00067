import { checked, type Session } from "./session.js";

/** A session of the caller: a login on a device. */
export interface SessionView {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  userAgent?: string | null;
  network?: string | null;
  /** Whether it is the session of this client. */
  current: boolean;
}

interface SessionPage {
  items: SessionView[];
  nextCursor?: string;
}

/** The life of an account. Each call throws a `HeraldProblem` if it is refused. The tokens are those of the links in the emails. */
export interface Accounts {
  verifyEmail(token: string): Promise<void>;
  /** Sends the caller another email with a link. */
  resendVerification(): Promise<void>;
  /** Succeeds for unknown addresses too. */
  forgotPassword(email: string): Promise<void>;
  /** Ends all sessions. */
  resetPassword(token: string, newPassword: string): Promise<void>;
  /** Ends all other sessions. */
  changePassword(currentPassword: string, newPassword: string): Promise<void>;
  /** Sends a link to the new address, which `confirmEmail` makes the address of the account. */
  changeEmail(newEmail: string, currentPassword: string): Promise<void>;
  confirmEmail(token: string): Promise<void>;
  /** Restores the old address, and ends all sessions. */
  undoEmailChange(token: string): Promise<void>;
  sessions(): Promise<SessionView[]>;
  endSession(id: string): Promise<void>;
  endOtherSessions(): Promise<void>;
}

export function accounts(baseUrl: string, { send }: Session): Accounts {
  async function call(method: string, path: string, body?: object): Promise<Response> {
    const headers = { "content-type": "application/json" };
    const content = body && { headers, body: JSON.stringify(body) };
    return checked(await send(new Request(`${baseUrl}/api/${path}`, { method, ...content })));
  }
  async function post(path: string, body?: object): Promise<void> {
    await call("POST", path, body);
  }
  return {
    verifyEmail: (token) => post("auth/verify-email", { token }),
    resendVerification: () => post("users/me/verification"),
    forgotPassword: (email) => post("auth/forgot-password", { email }),
    resetPassword: (token, newPassword) => post("auth/reset-password", { token, newPassword }),
    confirmEmail: (token) => post("auth/confirm-email", { token }),
    undoEmailChange: (token) => post("auth/undo-email-change", { token }),
    async changePassword(currentPassword, newPassword) {
      await call("PUT", "users/me/password", { currentPassword, newPassword });
    },
    async changeEmail(newEmail, currentPassword) {
      await call("PUT", "users/me/email", { newEmail, currentPassword });
    },
    async sessions() {
      const all: SessionView[] = [];
      let next = "";
      do {
        const page = (await (await call("GET", `users/me/sessions?limit=100${next}`)).json()) as SessionPage;
        all.push(...page.items);
        next = page.nextCursor ? `&cursor=${encodeURIComponent(page.nextCursor)}` : "";
      } while (next);
      return all;
    },
    async endSession(id) {
      await call("DELETE", `users/me/sessions/${encodeURIComponent(id)}`);
    },
    async endOtherSessions() {
      await call("DELETE", "users/me/sessions");
    },
  };
}
