/** Whom the gateway of this process lets in, and the tokens it gives out for development. */
package io.umbel.launcher.identity;
