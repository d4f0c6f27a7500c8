/** Tools to try a gateway with. */
package io.umbel.tools.demo;
