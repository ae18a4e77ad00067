/** What is told of every request: a line in the log, and the name under which it is measured. */
@NullMarked
package dev.herald.gateway.access;

import org.jspecify.annotations.NullMarked;
