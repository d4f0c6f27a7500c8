/** What is kept of what was done. */
package io.umbel.gateway.audit;
