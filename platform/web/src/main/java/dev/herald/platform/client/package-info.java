/** The clients of requests, also behind trusted proxies. */
@NullMarked
package dev.herald.platform.client;

import org.jspecify.annotations.NullMarked;
