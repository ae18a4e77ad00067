/** The filters of every request, in the order of {@link dev.herald.gateway.filter.RequestFilters}. */
@NullMarked
package dev.herald.gateway.filter;

import org.jspecify.annotations.NullMarked;
