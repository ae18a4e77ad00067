/**
 * Fault injection with a ledger. Clients write at a steady rate, and the ledger records what was acknowledged, while components are killed,
 * paused and restarted. Then the ledger is compared with the databases, the topics and the emails.
 *
 * <p>This module does not depend on the launcher, which implements {@link dev.herald.chaos.SuiteUnderTest}.
 */
@NullMarked
package dev.herald.chaos;

import org.jspecify.annotations.NullMarked;
