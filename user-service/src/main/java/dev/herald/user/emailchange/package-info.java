/** The change of a user's own address: one mailed link confirms it, another one undoes it. */
@NullMarked
package dev.herald.user.emailchange;

import org.jspecify.annotations.NullMarked;
