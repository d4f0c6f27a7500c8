/** Tools that tell how the system is and what it offers. */
package io.umbel.tools.system;
