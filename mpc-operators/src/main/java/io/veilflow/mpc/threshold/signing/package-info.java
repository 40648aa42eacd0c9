/**
 * Two of three sign over a board: three pairs side by side for every message, so that one silent or cheating party does not
 * stop the other two (PROTOCOLS 9, docs/wire.md 14). Start reading at {@link io.veilflow.mpc.threshold.signing.GroupSigning}.
 */
package io.veilflow.mpc.threshold.signing;
