package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.post.GroupTransactionPolicy.Refusal;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a party lets the group's account sign. */
class GroupTransactionPolicyTest {
    private static final long CHAIN = 1337;
    private static final BigInteger NONCE = BigInteger.valueOf(9);
    private static final BigInteger GAS = BigInteger.valueOf(400_000);
    private static final NextTransaction NEXT = new NextTransaction(NONCE, GAS.shiftRight(1));
    private static final FeePolicy FEES = FeePolicy.ofGwei(50);
    private static final Post POST = SamplePosts.attested(CHAIN);
    private static final GroupTransactionPolicy POLICY = new GroupTransactionPolicy(CHAIN, POST.registry(), FEES);

    private static GroupTransaction proposed(
            long chain, BigInteger nonce, BigInteger gas, ByteString to, ByteString call, BigInteger most) {
        return new GroupTransaction(chain, nonce, gas, to, call, BigInteger.TWO, most);
    }

    @Test
    @DisplayName(
            "G5: the account signs exactly this party's own post, the next nonce, within the limits of gas and price")
    void exactlyTheOwnPost() {
        ByteString to = POST.registry();
        ByteString call = Hex.bytes(PostCall.encode(POST));
        ByteString other = Hex.bytes(PostCall.encode(SamplePosts.attested(CHAIN, 1)));
        BigInteger most = FEES.most();
        BigInteger one = BigInteger.ONE;
        ByteString elsewhere = ByteString.copyFromUtf8("another 20 bytes ok!");
        assertRefused(Optional.empty(), proposed(CHAIN, NONCE, GAS, to, call, most));
        assertRefused(Optional.of(Refusal.CHAIN), proposed(1, NONCE, GAS, to, call, most));
        assertRefused(Optional.of(Refusal.CONTRACT), proposed(CHAIN, NONCE, GAS, elsewhere, call, most));
        assertRefused(Optional.of(Refusal.CALL), proposed(CHAIN, NONCE, GAS, to, other, most));
        assertRefused(Optional.of(Refusal.CALL), proposed(CHAIN, NONCE, GAS, to, ByteString.EMPTY, most));
        assertRefused(
                Optional.of(Refusal.CALL),
                proposed(CHAIN, NONCE, GAS, to, call.concat(ByteString.copyFrom(new byte[1])), most));
        assertRefused(Optional.of(Refusal.NONCE), proposed(CHAIN, NONCE.add(one), GAS, to, call, most));
        assertRefused(Optional.of(Refusal.GAS), proposed(CHAIN, NONCE, GAS.add(one), to, call, most));
        assertRefused(Optional.empty(), proposed(CHAIN, NONCE, NEXT.gas(), to, call, most));
        assertRefused(
                Optional.of(Refusal.GAS), proposed(CHAIN, NONCE, NEXT.gas().subtract(one), to, call, most));
        assertRefused(Optional.of(Refusal.FEE), proposed(CHAIN, NONCE, GAS, to, call, most.add(one)));
        assertRefused(Optional.of(Refusal.FEE), proposed(CHAIN, NONCE, GAS, to, call, one));
    }

    private static void assertRefused(Optional<Refusal> expected, GroupTransaction proposed) {
        assertEquals(expected, POLICY.refusal(proposed, POST, () -> NEXT));
    }

    @Test
    @DisplayName("F6: a post of another chain or registry is signed for neither")
    void anotherChainsPost() {
        Post elsewhere = SamplePosts.attested(1);
        GroupTransaction right =
                proposed(CHAIN, NONCE, GAS, POST.registry(), Hex.bytes(PostCall.encode(elsewhere)), FEES.most());
        assertEquals(Optional.of(Refusal.CHAIN), POLICY.refusal(right, elsewhere, () -> NEXT));
    }

    @Test
    @DisplayName("F14: whom the own node gives no answer, or says that the call would fail, signs nothing")
    void theNodeSaysNo() {
        GroupTransaction right =
                proposed(CHAIN, NONCE, GAS, POST.registry(), Hex.bytes(PostCall.encode(POST)), FEES.most());
        assertEquals(Optional.of(Refusal.STATE), POLICY.refusal(right, POST, () -> {
            throw new SettlementException(SettlementException.Reason.NOT_YET, "too early");
        }));
    }
}
