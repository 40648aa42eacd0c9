/** Tests of keys and suites, and group keys for other tests. */
package io.veilflow.mpc.threshold;
