/** Links in emails; their tokens come encrypted from user-service. */
@NullMarked
package dev.herald.notification.link;

import org.jspecify.annotations.NullMarked;
