import type { Tokens } from "./storage.js";

/** Tells other tabs which tokens replace those of a session. `of` names the session; no tokens: it has ended. */
export interface Change {
  of: string;
  tokens?: Tokens | undefined;
}

/** Shares refreshes with the other tabs of the same origin. */
export interface Tabs {
  tell(change: Change): void;
  /** Runs the work in one tab at a time, unless it is done when the turn of this tab comes. */
  inTurn(work: () => Promise<void>, isDone: () => boolean): Promise<void>;
}

/** How long a tab waits for the message of the tab that had the turn before. */
const MESSAGE_LIMIT = 1_000;

/** How long a tab waits for what another tab has written to localStorage at the same time. */
const WRITE_LIMIT = 250;

/** How long a turn may last before another tab takes it over; only without Web Locks. */
const LEASE = 15_000;

export function tabs(name: string, listen: (change: Change) => void): Tabs {
  // Node.js has no location. A browser refuses localStorage to a page with an opaque origin.
  if (!globalThis.location || globalThis.location.origin === "null") {
    return { tell() {}, inTurn: (work) => work() };
  }
  return globalThis.navigator.locks && globalThis.BroadcastChannel ? withLocks(name, listen) : withStorage(name, listen);
}

function withLocks(name: string, listen: (change: Change) => void): Tabs {
  const channel = new BroadcastChannel(name);
  let heard = () => {};
  channel.onmessage = ({ data }: MessageEvent<Change>) => {
    listen(data);
    heard();
  };
  return {
    tell: (change) => channel.postMessage(change),
    async inTurn(work, isDone) {
      const first = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock) {
          await work();
        }
        return lock !== null;
      });
      if (first) {
        return;
      }
      await navigator.locks.request(name, async () => {
        if (!isDone()) {
          await limited(MESSAGE_LIMIT, (resolve) => (heard = resolve));
        }
        if (!isDone()) {
          await work();
        }
      });
    },
  };
}

/** For browsers and insecure origins without Web Locks: messages and turns are items of localStorage. */
function withStorage(name: string, listen: (change: Change) => void): Tabs {
  const turn = `${name}.turn`;
  const me = `${Math.random()} `;
  let changed = () => {};
  addEventListener("storage", ({ key, newValue }) => {
    if (key === name && newValue) {
      listen(JSON.parse(newValue) as Change);
    }
    changed();
  });
  async function take(isDone: () => boolean): Promise<void> {
    while (!isDone() && !localStorage.getItem(turn)?.startsWith(me)) {
      const [, until] = localStorage.getItem(turn)?.split(" ") ?? [];
      if (!until || Number(until) < Date.now()) {
        localStorage.setItem(turn, me + (Date.now() + LEASE));
        // Another tab may write at the same time; the last one has the turn.
        await limited(WRITE_LIMIT, () => {});
      } else {
        await limited(MESSAGE_LIMIT, (resolve) => (changed = resolve));
      }
    }
  }
  return {
    tell(change) {
      localStorage.setItem(name, JSON.stringify(change));
      localStorage.removeItem(name);
    },
    async inTurn(work, isDone) {
      await take(isDone);
      try {
        if (!isDone()) {
          await work();
        }
      } finally {
        if (localStorage.getItem(turn)?.startsWith(me)) {
          localStorage.removeItem(turn);
        }
      }
    },
  };
}

function limited(millis: number, begin: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, millis);
    begin(resolve);
  });
}
