/** Dead letters: records that a consumer cannot handle and that must not stop the ones behind them. */
@NullMarked
package dev.herald.platform.deadletter;

import org.jspecify.annotations.NullMarked;
