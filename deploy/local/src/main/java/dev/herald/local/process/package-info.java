/** Processes, files and waiting: what the launcher needs of the operating system. */
@NullMarked
package dev.herald.local.process;

import org.jspecify.annotations.NullMarked;
