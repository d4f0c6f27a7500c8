/** Small tools that show each thing a tool can do, to try a gateway with and to copy from. */
package io.umbel.tools.demo;
