/**
 * Chaos with a ledger: clients write at a steady rate and note what was acknowledged, while components are killed, paused and
 * restarted; afterwards the ledger is compared with the databases, the topics and the emails.
 *
 * <p>It knows nothing of the launcher: {@link dev.herald.chaos.Stage} is all that it asks of a suite.
 */
@NullMarked
package dev.herald.chaos;

import org.jspecify.annotations.NullMarked;
