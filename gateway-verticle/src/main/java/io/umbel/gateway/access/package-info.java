/** Accounts, their projects and agents, and who may act in which project with which tools. */
package io.umbel.gateway.access;
