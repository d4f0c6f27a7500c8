/** PostgreSQL, as every module of Umbel that has tables uses it. */
package io.umbel.storage;
