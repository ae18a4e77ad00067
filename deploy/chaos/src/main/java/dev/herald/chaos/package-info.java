/**
 * Fault injection with a ledger: clients write at a steady rate and record what was acknowledged, while components are killed, paused and
 * restarted; then the ledger is compared with the databases, the topics and the emails.
 *
 * <p>The module does not depend on the launcher, which implements {@link dev.herald.chaos.SuiteUnderTest}.
 */
@NullMarked
package dev.herald.chaos;

import org.jspecify.annotations.NullMarked;
