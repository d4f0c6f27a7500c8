/** HTTP to servers that users and operators name: where they may be, how long, and how much. */
package io.umbel.outbound;
