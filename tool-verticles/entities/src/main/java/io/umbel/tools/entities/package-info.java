/** Finds users, locations and other entities of an account by what somebody remembers of them. */
package io.umbel.tools.entities;
