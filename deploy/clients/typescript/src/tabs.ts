import type { Tokens } from "./storage.js";

/** Tells other tabs which tokens replace those of a session. `of` names the session; no tokens: it has ended. */
export interface Change {
  of: string;
  /** In milliseconds since 1970: a message may arrive after the tokens that replace its own. */
  at: number;
  tokens?: Tokens | undefined;
}

/** Shares refreshes with the other tabs of the same origin. */
export interface Tabs {
  tell(change: Change): void;
  /** Runs the work in one tab at a time, unless it is done when the turn of this tab comes. */
  inTurn(work: () => Promise<void>, isDone: () => boolean): Promise<void>;
}

/** Runs the work and returns true, unless another tab has the turn. */
type TryTurn = (work: () => Promise<void>) => Promise<boolean>;

interface Lease {
  owner: number;
  /** In milliseconds since 1970. */
  until: number;
}

/** The object store of leases, and the key of the only one. */
const LEASES = "leases";
const TURN = 0;

/** How long a tab waits for the message of the tab that had the turn before, in milliseconds. */
const MESSAGE_LIMIT = 1_000;

/** The time after which another tab takes over a turn without Web Locks, in milliseconds. */
const LEASE = 15_000;

/** The longest time between two attempts to take a turn, in milliseconds. */
const ATTEMPT_INTERVAL = 100;

export function tabs(name: string, listen: (change: Change) => void): Tabs {
  // Node.js has no location. A page with an opaque origin shares nothing with other tabs.
  if (!globalThis.location || location.origin === "null" || !globalThis.BroadcastChannel) {
    return { tell() {}, inTurn: (work) => work() };
  }
  const tryTurn = navigator.locks ? byLock(name) : byLease(name);
  const channel = new BroadcastChannel(name);
  let heard = () => {};
  channel.onmessage = ({ data }: MessageEvent<Change>) => {
    listen(data);
    heard();
  };

  function message(limit: number): Promise<void> {
    return new Promise((resolve) => {
      heard = resolve;
      setTimeout(resolve, limit);
    });
  }

  return {
    tell: (change) => channel.postMessage(change),
    async inTurn(work, isDone) {
      let waited = false;
      async function workUnlessDone(): Promise<void> {
        if (waited && !isDone()) {
          await message(MESSAGE_LIMIT);
        }
        if (!isDone()) {
          await work();
        }
      }
      while (!isDone() && !(await tryTurn(workUnlessDone))) {
        waited = true;
        await message(ATTEMPT_INTERVAL);
      }
    },
  };
}

function byLock(name: string): TryTurn {
  return async (work) =>
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) {
        await work();
      }
      return lock !== null;
    });
}

/** For insecure origins, which have no Web Locks: turns are records of IndexedDB, whose transactions run one at a time in all tabs. */
function byLease(name: string): TryTurn {
  const owner = Math.random();
  let database: Promise<IDBDatabase> | undefined;

  /** Takes, keeps or ends the lease, and returns false if another tab has it. */
  async function leaseUntil(until: number): Promise<boolean> {
    const transaction = (await (database ??= open(name))).transaction(LEASES, "readwrite");
    return new Promise<boolean>((resolve, reject) => {
      let mine = false;
      const leases = transaction.objectStore(LEASES);
      const read: IDBRequest<Lease | undefined> = leases.get(TURN);
      read.onsuccess = () => {
        const lease = read.result;
        mine = !lease || lease.owner === owner || lease.until < Date.now();
        if (mine) {
          leases.put({ owner, until }, TURN);
        }
      };
      transaction.oncomplete = () => resolve(mine);
      transaction.onabort = reject;
    });
  }

  return async (work) => {
    // Where a browser refuses IndexedDB, tabs do not wait for each other.
    const mine = await leaseUntil(Date.now() + LEASE).catch(() => true);
    if (mine) {
      try {
        await work();
      } finally {
        await leaseUntil(0).catch(() => {});
      }
    }
    return mine;
  };
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onupgradeneeded = () => opening.result.createObjectStore(LEASES);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = reject;
  });
}
