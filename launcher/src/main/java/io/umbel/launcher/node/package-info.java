/** One process of Umbel: its Vert.x, its roles, its end. */
package io.umbel.launcher.node;
