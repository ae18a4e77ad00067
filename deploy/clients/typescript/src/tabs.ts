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

/** Runs the work while no other tab has the turn. Returns false, without running it, if another tab has it and `wait` is false. */
type Turn = (wait: boolean, work: () => Promise<void>) => Promise<boolean>;

interface Lease {
  owner: number;
  /** In milliseconds since 1970. */
  until: number;
}

const LEASES = "leases";

/** How long a tab waits for the message of the tab that had the turn before, in milliseconds. */
const MESSAGE_LIMIT = 1_000;

/** The time after which another tab takes over a turn without Web Locks, in milliseconds. */
const LEASE = 15_000;

/** The time between two attempts to take a turn without Web Locks, in milliseconds. */
const ATTEMPT_INTERVAL = 100;

export function tabs(name: string, listen: (change: Change) => void): Tabs {
  // Node.js has no location. A page with an opaque origin shares nothing with other tabs.
  if (!globalThis.location || globalThis.location.origin === "null" || !globalThis.BroadcastChannel) {
    return { tell() {}, inTurn: (work) => work() };
  }
  const turn = globalThis.navigator.locks ? byLock(name) : byLease(name);
  const channel = new BroadcastChannel(name);
  let heard = () => {};
  channel.onmessage = ({ data }: MessageEvent<Change>) => {
    listen(data);
    heard();
  };
  return {
    tell: (change) => channel.postMessage(change),
    async inTurn(work, isDone) {
      const worked = await turn(false, async () => {
        if (!isDone()) {
          await work();
        }
      });
      if (worked) {
        return;
      }
      await turn(true, async () => {
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

function byLock(name: string): Turn {
  return async (wait, work) =>
    await navigator.locks.request(name, { ifAvailable: !wait }, async (lock) => {
      if (lock) {
        await work();
      }
      return lock !== null;
    });
}

/** For insecure origins, which have no Web Locks: turns are records of IndexedDB, whose transactions run one at a time in all tabs. */
function byLease(name: string): Turn {
  const owner = Math.random();

  /** Takes, keeps or ends the lease, and returns false if another tab has it. */
  async function leaseUntil(until: number): Promise<boolean> {
    const database = await opened();
    const transaction = database.transaction(LEASES, "readwrite");
    const leases = transaction.objectStore(LEASES);
    const read: IDBRequest<Lease | undefined> = leases.get(name);
    return new Promise<boolean>((resolve, reject) => {
      let mine = false;
      read.onsuccess = () => {
        const lease = read.result;
        mine = !lease || lease.owner === owner || lease.until < Date.now();
        if (mine) {
          leases.put({ owner, until }, name);
        }
      };
      transaction.oncomplete = () => resolve(mine);
      transaction.onabort = () => reject(transaction.error);
    }).finally(() => database.close());
  }

  return async (wait, work) => {
    // Where a browser refuses IndexedDB, tabs do not wait for each other.
    while (!(await leaseUntil(Date.now() + LEASE).catch(() => true))) {
      if (!wait) {
        return false;
      }
      await limited(ATTEMPT_INTERVAL, () => {});
    }
    try {
      await work();
    } finally {
      await leaseUntil(0).catch(() => {});
    }
    return true;
  };
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("herald", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(LEASES);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

function limited(millis: number, begin: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, millis);
    begin(resolve);
  });
}
