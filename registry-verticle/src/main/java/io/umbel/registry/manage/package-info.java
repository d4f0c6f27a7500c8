/** What the REST API asks of the registry: servers are registered, changed, scanned, removed. */
package io.umbel.registry.manage;
