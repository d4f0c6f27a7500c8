/** What is kept: every query begins with the account, and a scope narrows what it finds. */
package io.umbel.tools.issues.store;
