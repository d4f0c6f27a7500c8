/** What is asked of a backend, and what it finds. */
package io.umbel.tools.entities.find;
