/** Sessions that have ended although their access tokens live on: told through Redis, known in every process. */
@NullMarked
package dev.herald.platform.revocation;

import org.jspecify.annotations.NullMarked;
