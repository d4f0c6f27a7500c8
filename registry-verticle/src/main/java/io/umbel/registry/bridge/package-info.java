/**
 * Between clients and servers: names, arguments, answers and questions, whatever era each is of.
 */
package io.umbel.registry.bridge;
