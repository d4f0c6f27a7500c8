/**
 * What accounts have, over HTTP: contract first. {@code openapi.json} beside these classes is what
 * is served, what requests are checked against, and where the scope of each operation stands.
 */
package io.umbel.gateway.rest;
