/** Change of one's own address, which a mailed link confirms, and another undoes. */
@NullMarked
package dev.herald.user.emailchange;

import org.jspecify.annotations.NullMarked;
