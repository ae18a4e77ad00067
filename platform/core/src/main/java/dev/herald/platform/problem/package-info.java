/** Errors as RFC 9457 problem documents, each with a code from the catalogue. */
@NullMarked
package dev.herald.platform.problem;

import org.jspecify.annotations.NullMarked;
