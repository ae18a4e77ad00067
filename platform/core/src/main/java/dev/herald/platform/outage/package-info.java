/** What is away and will come back is nobody's fault. */
@NullMarked
package dev.herald.platform.outage;

import org.jspecify.annotations.NullMarked;
