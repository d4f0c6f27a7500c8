/** The command line, one class a command. */
package io.umbel.launcher.command;
