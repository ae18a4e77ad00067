/** Where a request comes from, behind trusted proxies too. */
@NullMarked
package dev.herald.platform.client;

import org.jspecify.annotations.NullMarked;
