package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.RiskFeed;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint80;

/** A {@code RiskFeed}: one output of a job behind the interface of a price feed. */
public record RiskFeedClient(ConsumerAccount account, ByteString address) {
    private static final int ANSWER = 1;

    /**
     * @param place of the output
     * @param text what the answers are
     * @param maxAge oldest result that is still the latest answer
     */
    public static RiskFeedClient deploy(
            ConsumerAccount account,
            ByteString registry,
            ByteString jobId,
            PublishedPlace place,
            String text,
            Duration maxAge) {
        return new RiskFeedClient(
                account,
                account.create(
                        RiskFeed.BINARY,
                        List.of(
                                new Address(Hex.text(registry)),
                                new Bytes32(jobId.toByteArray()),
                                new RiskFeed.OutputPlace(
                                        BigInteger.valueOf(place.word()),
                                        BigInteger.valueOf(place.offset()),
                                        BigInteger.valueOf(place.bits())),
                                new Uint8(0),
                                new Utf8String(text),
                                new Uint64(maxAge.toSeconds()),
                                new Bool(false))));
    }

    /** The latest answer, as any reader of feeds gets it. */
    public BigInteger latest() {
        Function latest = new Function(
                RiskFeed.FUNC_LATESTROUNDDATA,
                List.of(),
                List.of(
                        ConsumerAccount.answer(Uint80.class),
                        ConsumerAccount.answer(Int256.class),
                        ConsumerAccount.answer(Uint256.class),
                        ConsumerAccount.answer(Uint256.class),
                        ConsumerAccount.answer(Uint80.class)));
        return (BigInteger) account.ask(address, latest).get(ANSWER).getValue();
    }
}
