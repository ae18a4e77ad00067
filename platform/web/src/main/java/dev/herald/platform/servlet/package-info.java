/** Tomcat and the filters that every servlet request passes. */
@NullMarked
package dev.herald.platform.servlet;

import org.jspecify.annotations.NullMarked;
