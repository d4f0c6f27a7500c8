/** Entities in Elasticsearch or OpenSearch, over HTTP. */
package io.umbel.tools.entities.elastic;
