/** Fixtures that the tests of every service share: real servers, event contracts, the rules of the house. */
@NullMarked
package dev.herald.platform.testing;

import org.jspecify.annotations.NullMarked;
