/** Fixtures that the tests of every service share: real servers, event contracts, architecture rules. */
@NullMarked
package dev.herald.platform.testing;

import org.jspecify.annotations.NullMarked;
