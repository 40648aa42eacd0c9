package io.veilflow.pipeline.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.frost.CommitmentList;
import io.veilflow.mpc.threshold.frost.SignatureAggregation;
import io.veilflow.mpc.threshold.frost.SigningNonces;
import io.veilflow.mpc.threshold.frost.SigningPackage;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

@DisplayName("The group's signature, checked as the contract does, by an independent recovery")
class GroupSignatureRecoveryTest {
    private static final BigInteger ORDER = Sign.CURVE_PARAMS.getN();

    @Test
    @DisplayName(
            "G10: web3j recovers the nonce's address from the signature of every pair, and another from a changed message")
    void everyPair() {
        List<KeyShare> shares = SampleGroup.resultShares();
        byte[] message = Hash.sha3("a result".getBytes(StandardCharsets.US_ASCII));
        byte[] other = Hash.sha3("another result".getBytes(StandardCharsets.US_ASCII));
        for (PartyId first : PartyId.values()) {
            PartyId second = first.next();
            GroupSignature signature = sign(shares.get(first.index()), shares.get(second.index()), message);
            byte[] point = shares.get(0).group().point();
            assertTrue(signature.verifies(point, message));
            assertEquals(Numeric.toHexString(signature.nonceAddress()), recovered(point, message, signature));
            assertNotEquals(Numeric.toHexString(signature.nonceAddress()), recovered(point, other, signature));
        }
        shares.forEach(KeyShare::close);
    }

    private static GroupSignature sign(KeyShare first, KeyShare second, byte[] message) {
        SecureRandom random = new SecureRandom();
        GroupKey group = first.group();
        try (SigningNonces one = SigningNonces.draw(Ciphersuite.EVM, first, random);
                SigningNonces two = SigningNonces.draw(Ciphersuite.EVM, second, random)) {
            CommitmentList list = new CommitmentList(List.of(one.commitment(), two.commitment()));
            SigningPackage agreed = new SigningPackage(Ciphersuite.EVM, group, message, list);
            SignatureAggregation made = SignatureAggregation.of(
                    agreed, Map.of(first.holder(), one.sign(agreed), second.holder(), two.sign(agreed)));
            return assertInstanceOf(SignatureAggregation.Signed.class, made)
                    .signature()
                    .forContract();
        }
    }

    /** ecrecover(Q - s*Px, parity + 27, Px, Q - c*Px) of PROTOCOLS 9, with web3j's hash and recovery alone. */
    private static String recovered(byte[] point, byte[] message, GroupSignature signature) {
        byte[] x = Arrays.copyOfRange(point, 1, point.length);
        byte parity = (byte) (point[0] - 2);
        BigInteger px = new BigInteger(1, x);
        byte[] hashed = Arrays.copyOf(x, x.length + 1 + message.length + signature.nonceAddress().length);
        hashed[x.length] = parity;
        System.arraycopy(message, 0, hashed, x.length + 1, message.length);
        System.arraycopy(
                signature.nonceAddress(), 0, hashed, x.length + 1 + message.length, signature.nonceAddress().length);
        BigInteger challenge = new BigInteger(1, Hash.sha3(hashed)).mod(ORDER);
        BigInteger hash = new BigInteger(1, signature.s()).multiply(px).negate().mod(ORDER);
        BigInteger s = challenge.multiply(px).negate().mod(ORDER);
        BigInteger key = Sign.recoverFromSignature(parity, new ECDSASignature(px, s), Numeric.toBytesPadded(hash, 32));
        return "0x" + Keys.getAddress(key);
    }
}
