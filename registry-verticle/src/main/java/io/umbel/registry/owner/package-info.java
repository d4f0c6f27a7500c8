/** Which instance of the registry watches over a server, and how the others reach it. */
package io.umbel.registry.owner;
