/** A language model that judges issues and writes them anew, where the operator has one. */
package io.umbel.tools.compliance.model;
