/** What the operator's file says of entities: where they are, and how they are looked for. */
package io.umbel.tools.entities.settings;
