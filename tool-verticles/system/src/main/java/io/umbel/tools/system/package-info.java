/** Tools that tell how the running system is. */
package io.umbel.tools.system;
