/** How JSON is read: strictly from clients, tolerantly from other services. */
@NullMarked
package dev.herald.platform.json;

import org.jspecify.annotations.NullMarked;
