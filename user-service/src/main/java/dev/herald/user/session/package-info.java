/** Being logged in: sessions and their refresh tokens. */
@NullMarked
package dev.herald.user.session;

import org.jspecify.annotations.NullMarked;
