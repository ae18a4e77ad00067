/** Sessions and signing keys that ended before their access tokens expire, shared through Redis. */
@NullMarked
package dev.herald.platform.revocation;

import org.jspecify.annotations.NullMarked;
