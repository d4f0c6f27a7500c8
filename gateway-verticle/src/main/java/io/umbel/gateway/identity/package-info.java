/**
 * Who a client is: from the token of its request and from nothing else. Fails closed, and tells
 * nobody why.
 */
package io.umbel.gateway.identity;
