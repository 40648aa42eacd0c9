package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.SharedAccount;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.threshold.ecdsa.AccountSigner;
import io.veilflow.mpc.threshold.ecdsa.EcdsaSignature;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.utils.Numeric;

/** Transactions of the group's account: what is signed, and what comes out for a chain. */
class GroupTransactionTest {
    private static final long SEED = 71;
    private static final SharedAccount ACCOUNT = SharedAccount.seeded(SEED);
    private static final ByteString REGISTRY = ByteString.copyFromUtf8("a registry's address");

    private static GroupTransaction transaction(long chainId) {
        return new GroupTransaction(
                chainId,
                BigInteger.valueOf(7),
                BigInteger.valueOf(300_000),
                REGISTRY,
                ByteString.copyFromUtf8("call"),
                BigInteger.ONE,
                BigInteger.TEN.pow(9));
    }

    private static EcdsaSignature signed(byte[] hash) {
        return ThreePartyWorld.seeded(SEED)
                .withProfile(Profile.M)
                .run(session -> {
                    try (AccountSigner signer = new AccountSigner(session, "account", ACCOUNT.share(session.self()))) {
                        signer.prepare(1);
                        return signer.sign(hash);
                    }
                })
                .get(0);
    }

    @ParameterizedTest(name = "chain {0}")
    @ValueSource(longs = {1, 1337, 1L << 31, 1L << 53, 9218438534861846528L})
    @DisplayName("F16: signing hash, parity and sender are right whatever the chain's id")
    void chains(long chainId) throws SignatureException {
        GroupTransaction transaction = transaction(chainId);
        byte[] list = RlpEncoder.encode(new RlpList(
                RlpString.create(BigInteger.valueOf(chainId)),
                RlpString.create(transaction.nonce()),
                RlpString.create(transaction.tip()),
                RlpString.create(transaction.most()),
                RlpString.create(transaction.gasLimit()),
                RlpString.create(REGISTRY.toByteArray()),
                RlpString.create(BigInteger.ZERO),
                RlpString.create(transaction.call().toByteArray()),
                new RlpList()));
        byte[] typed = new byte[list.length + 1];
        typed[0] = 2;
        System.arraycopy(list, 0, typed, 1, list.length);
        assertArrayEquals(Hash.sha3(typed), transaction.signingHash());
        EcdsaSignature signature = signed(transaction.signingHash());
        BigInteger recovered = Sign.signedMessageHashToKey(
                transaction.signingHash(), new Sign.SignatureData((byte) signature.v(), signature.r(), signature.s()));
        String address = Numeric.toHexString(ACCOUNT.key().address());
        assertEquals(address, Numeric.prependHexPrefix(Keys.getAddress(recovered)));
        SignedRawTransaction decoded =
                (SignedRawTransaction) TransactionDecoder.decode(transaction.signed(ACCOUNT.key(), signature));
        assertEquals(address, decoded.getFrom());
        assertEquals(Optional.of(transaction), GroupTransaction.of(decoded));
        byte parity = decoded.getSignatureData().getV()[0];
        assertEquals(signature.v() - 27, parity >= 27 ? parity - 27 : parity);
    }

    @Test
    @DisplayName(
            "a transaction has one encoding, and cut, extended, signed and other transactions are none of the group's")
    void encodings() {
        GroupTransaction transaction = transaction(1337);
        ByteString encoded = transaction.encoded();
        assertEquals(Optional.of(transaction), GroupTransaction.decode(encoded));
        for (int length = 0; length < encoded.size(); length++) {
            assertTrue(GroupTransaction.decode(encoded.substring(0, length)).isEmpty());
        }
        assertTrue(GroupTransaction.decode(encoded.concat(ByteString.copyFrom(new byte[1])))
                .isEmpty());
        String signed = transaction.signed(ACCOUNT.key(), signed(transaction.signingHash()));
        assertTrue(GroupTransaction.decode(Hex.bytes(signed)).isEmpty());
        BigInteger one = BigInteger.ONE;
        String to = Hex.text(REGISTRY);
        for (RawTransaction other : List.of(
                RawTransaction.createTransaction(1337, one, one, to, one, "0x", one, one),
                RawTransaction.createTransaction(one, one, one, to, "0x"),
                RawTransaction.createTransaction(1337, one, one, null, BigInteger.ZERO, "0x00", one, one))) {
            assertTrue(GroupTransaction.of(other).isEmpty());
        }
    }

    @Test
    @DisplayName("G18: a signature of another transaction or key is not sent")
    void otherSignatures() {
        GroupTransaction transaction = transaction(1337);
        EcdsaSignature signature = signed(transaction.signingHash());
        assertThrows(IllegalArgumentException.class, () -> transaction(1).signed(ACCOUNT.key(), signature));
        assertThrows(
                IllegalArgumentException.class,
                () -> transaction.signed(SharedAccount.seeded(SEED + 1).key(), signature));
        byte[] s = signature.s();
        s[31] ^= 1;
        assertThrows(
                IllegalArgumentException.class,
                () -> transaction.signed(ACCOUNT.key(), new EcdsaSignature(signature.r(), s, signature.v())));
        byte[] zero = new byte[32];
        Arrays.fill(s, (byte) 0xff);
        assertThrows(
                IllegalArgumentException.class,
                () -> transaction.signed(ACCOUNT.key(), new EcdsaSignature(zero, s, signature.v())));
    }
}
