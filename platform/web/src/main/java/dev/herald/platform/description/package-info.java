/** The OpenAPI 3.1 description that every service gives of itself at {@code /v3/api-docs}. */
@NullMarked
package dev.herald.platform.description;

import org.jspecify.annotations.NullMarked;
