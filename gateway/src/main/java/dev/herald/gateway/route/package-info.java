/** The routes: which service a path belongs to, which instance is chosen, and what happens when it fails. */
@NullMarked
package dev.herald.gateway.route;

import org.jspecify.annotations.NullMarked;
