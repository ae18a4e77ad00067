/** Access to the actuator's endpoints. */
@NullMarked
package dev.herald.platform.management;

import org.jspecify.annotations.NullMarked;
