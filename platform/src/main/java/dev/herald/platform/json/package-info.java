/** How bodies are read: strictly. */
@NullMarked
package dev.herald.platform.json;

import org.jspecify.annotations.NullMarked;
