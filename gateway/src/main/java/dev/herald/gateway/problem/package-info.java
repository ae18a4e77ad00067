/** The gateway's own errors, as problem documents like those of the services. */
@NullMarked
package dev.herald.gateway.problem;

import org.jspecify.annotations.NullMarked;
