/** The routes: which service a path belongs to, which instance gets a request, and what happens when the instance fails. */
@NullMarked
package dev.herald.gateway.route;

import org.jspecify.annotations.NullMarked;
