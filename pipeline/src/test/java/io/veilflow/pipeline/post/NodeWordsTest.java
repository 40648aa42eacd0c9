package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.ContractErrors;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.crypto.Hash;
import org.web3j.protocol.core.Response;

/** What nodes of several makes say, and what it means. */
class NodeWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "already known | KNOWN",
                "AlreadyKnown | KNOWN",
                "nonce too low: next nonce 5, tx nonce 4 | NONCE_USED",
                "OldNonce | NONCE_USED",
                "replacement transaction underpriced | UNDERPRICED",
                "transaction underpriced: tip needed 1, tip permitted 0 | UNDERPRICED",
                "max fee per gas less than block base fee: address 0x00, maxFeePerGas: 1, baseFee: 7 | FEE_TOO_LOW",
                "insufficient funds for gas * price + value: balance 0 | INSUFFICIENT_FUNDS",
                "Upfront cost exceeds account balance | INSUFFICIENT_FUNDS",
                "txpool is full | REFUSED",
                "unknown transaction type | REFUSED",
                "exceeds block gas limit | REFUSED",
            })
    void poolsAnswer(String words, PoolAnswer meaning) {
        assertEquals(meaning, PoolAnswer.of(Optional.of(new Response.Error(-32000, words))));
    }

    @Test
    void noErrorIsATakenTransaction() {
        assertEquals(PoolAnswer.TAKEN, PoolAnswer.of(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | execution reverted | REFUSED",
                "-32000 | execution reverted | REFUSED",
                "-32000 | insufficient funds for transfer | INSUFFICIENT_FUNDS",
                "-32000 | gas required exceeds allowance (1000) | REFUSED",
                "-32000 | header not found | UNREACHABLE",
                "-32005 | daily request count exceeded | UNREACHABLE",
                "-32603 | internal error | UNREACHABLE",
            })
    void callsFail(int code, String words, Reason reason) {
        assertEquals(
                reason,
                CallRefusal.of(new Response.Error(code, words), new ContractErrors())
                        .reason());
    }

    @Test
    void whatPassesByItselfIsNoRefusal() {
        String word = "0".repeat(63);
        Response.Error early = new Response.Error(3, "execution reverted");
        early.setData(Hash.sha3String("WindowOutOfOrder(uint64,uint64)").substring(0, 10) + word + "5" + word + "3");
        SettlementException waits = CallRefusal.of(early, new ContractErrors());
        assertEquals(Reason.NOT_YET, waits.reason());
        assertTrue(waits.getMessage().contains("WindowOutOfOrder(5, 3)"), waits.getMessage());
    }
}
