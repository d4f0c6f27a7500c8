/** What the gateway and a tool provider say to each other over the event bus. */
package io.umbel.contract;
