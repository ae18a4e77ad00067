/** Being logged in: sessions, their tokens, and the keys that sign them. */
@NullMarked
package dev.herald.user.session;

import org.jspecify.annotations.NullMarked;
