/** Three parties in one JVM for tests, over memory. Never part of the product. */
package io.veilflow.mpc.testing;
