/** The one secret of a service, from its environment. */
@NullMarked
package dev.herald.platform.secret;

import org.jspecify.annotations.NullMarked;
