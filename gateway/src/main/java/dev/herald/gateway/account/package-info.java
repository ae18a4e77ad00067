/** The pages that the links in emails lead to. */
@NullMarked
package dev.herald.gateway.account;

import org.jspecify.annotations.NullMarked;
