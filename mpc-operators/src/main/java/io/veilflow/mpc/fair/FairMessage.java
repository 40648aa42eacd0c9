package io.veilflow.mpc.fair;

import io.veilflow.mpc.party.PartyId;

/** What a party posts in a fair opening. Lengths are the reader's to check; arrays are not copied. */
public sealed interface FairMessage {
    /**
     * The poster has passed steps 0 to 2.
     *
     * @param hashes h_0, h_1, h_2, 96 bytes
     * @param signature under {@link FairStatement#ready}
     */
    record Ready(byte[] epoch, FairTimes times, byte[] hashes, byte[] signature) implements FairMessage {}

    /**
     * The poster has read another party's READY by T1.
     *
     * @param signer whose READY it is
     * @param signature the signer's
     * @param countersignature the poster's, under {@link FairStatement#echo}
     */
    record Echo(PartyId signer, byte[] signature, byte[] countersignature) implements FairMessage {}

    /** The poster's two components. Public from here on. */
    record Opened(Component own, Component next) implements FairMessage {}

    /**
     * One component of the outputs.
     *
     * @param value elements as on the wire
     * @param salt 32 bytes
     */
    record Component(byte[] value, byte[] salt) {
        @Override
        public String toString() {
            return "Component[" + value.length + " bytes]";
        }
    }
}
