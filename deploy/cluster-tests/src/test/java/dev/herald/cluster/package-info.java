/** Tests of the Helm chart and of compose.yaml. */
@NullMarked
package dev.herald.cluster;

import org.jspecify.annotations.NullMarked;
