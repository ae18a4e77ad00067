package dev.herald.gateway.route;

import java.time.Clock;

/**
 * Limits the retries of the last 10 s to 20 % of the requests, or to 3 if that is more, so that they cannot multiply the
 * load on slow instances.
 */
final class RetryBudget {

    static final int SECONDS = 10;

    static final int SHARE = 20;

    static final int LEAST = 3;

    private final Clock clock;
    private final long[] second = new long[SECONDS];
    private final int[] requests = new int[SECONDS];
    private final int[] retries = new int[SECONDS];

    RetryBudget(Clock clock) {
        this.clock = clock;
    }

    synchronized void countRequest() {
        requests[slot()]++;
    }

    /** @return whether a retry was left */
    synchronized boolean spend() {
        int slot = slot();
        int made = 0;
        int spent = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (second[i] > second[slot] - SECONDS) {
                made += requests[i];
                spent += retries[i];
            }
        }
        boolean left = spent < Math.max(LEAST, made * SHARE / 100);
        if (left) {
            retries[slot]++;
        }
        return left;
    }

    private int slot() {
        long now = clock.millis() / 1000;
        int slot = (int) (now % SECONDS);
        if (second[slot] != now) {
            second[slot] = now;
            requests[slot] = 0;
            retries[slot] = 0;
        }
        return slot;
    }
}
