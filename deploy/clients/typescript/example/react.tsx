import { useEffect, useState, type FormEvent } from "react";
import { herald, isProblem, type Tokens } from "@herald/client";

const listeners = new Set<() => void>();
const onTokens = (_: Tokens | undefined) => listeners.forEach((listener) => listener());
const api = herald("", { storage: "cookie", onTokens });

/** Whether the user is logged in; undefined until Herald has answered. Logins and logouts in other tabs count too. */
export function useSession(): boolean | undefined {
  const [loggedIn, setLoggedIn] = useState<boolean>();
  useEffect(() => {
    const update = () => void api.resume().then(setLoggedIn);
    listeners.add(update);
    update();
    return () => void listeners.delete(update);
  }, []);
  return loggedIn;
}

export function Login() {
  const [message, setMessage] = useState("");

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      await api.logIn(String(form.get("email")), String(form.get("password")));
    } catch (failure) {
      setMessage(isProblem(failure, "invalid-credentials") ? "The address or the password is wrong." : String(failure));
    }
  }

  return (
    <form onSubmit={submit}>
      <input name="email" type="email" autoComplete="username" />
      <input name="password" type="password" autoComplete="current-password" />
      <button>Log in</button>
      <p role="alert">{message}</p>
    </form>
  );
}
