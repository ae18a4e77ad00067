/** The gateway's own errors, as the problem documents that every service answers with. */
@NullMarked
package dev.herald.gateway.problem;

import org.jspecify.annotations.NullMarked;
