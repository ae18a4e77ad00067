/** Operating system functions that the launcher needs: processes, log files, folders and waiting. */
@NullMarked
package dev.herald.local.process;

import org.jspecify.annotations.NullMarked;
