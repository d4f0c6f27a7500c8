/** What servers offer: found out, compared with what was approved, and looked after. */
package io.umbel.registry.scan;
