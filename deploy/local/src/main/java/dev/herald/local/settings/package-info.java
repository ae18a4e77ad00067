/** The settings of one suite: its ports, folders, addresses and secrets. */
@NullMarked
package dev.herald.local.settings;

import org.jspecify.annotations.NullMarked;
