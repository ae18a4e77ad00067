/** Sessions and their refresh tokens: login, refresh, logout. */
@NullMarked
package dev.herald.user.session;

import org.jspecify.annotations.NullMarked;
