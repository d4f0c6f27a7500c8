/** Being one of several nodes. The only package that knows Hazelcast. */
package io.umbel.launcher.cluster;
