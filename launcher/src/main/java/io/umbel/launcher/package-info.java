/** The one main: it reads the command line and starts the roles of this node. */
package io.umbel.launcher;
