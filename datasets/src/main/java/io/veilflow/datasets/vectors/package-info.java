/**
 * Test vectors of the protocol specification and of RFCs, as files under {@code vectors/<scheme>/v1/} of this module. They are never
 * edited in place: a changed vector is a new folder.
 */
package io.veilflow.datasets.vectors;
