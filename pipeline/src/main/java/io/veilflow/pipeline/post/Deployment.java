package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.Groth16Verifier;
import io.veilflow.contracts.MarketGuard;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Puts contracts on a chain and registers jobs. The order: registry and verifier, then the job file (which names the registry's
 * address), then the registration, then consumers. The account becomes the registry's owner: it registers
 * jobs, changes their terms for windows to come and pauses; it can do nothing to results or group keys.
 */
public final class Deployment implements AutoCloseable {
    private final EthereumNode node;
    private final PosterAccount account;
    private final AccountSender sender;

    private Deployment(EthereumNode node, PosterAccount account, Duration inclusionDeadline) {
        this.node = node;
        this.account = account;
        this.sender = AccountSender.through(node, account, inclusionDeadline);
    }

    /** @throws SettlementException UNREACHABLE or WRONG_CHAIN */
    public static Deployment connect(URI url, long expectedChainId, PosterAccount account, Duration inclusionDeadline) {
        return new Deployment(EthereumNode.connect(url, expectedChainId), account, inclusionDeadline);
    }

    /** A registry owned by the account. Returns its address, 20 bytes. */
    public ByteString deployRegistry() {
        return create(WindowRegistry.BINARY, List.of(new Address(Hex.text(account.address()))));
    }

    /**
     * A verifier for one key and one job's parameter words, which each post then pays for no more. Returns its address, 20
     * bytes.
     *
     * @param verifyingKey docs/wire.md, section 4
     * @param parameterWords the last public inputs, 32 bytes each
     * @throws SettlementException REFUSED naming what is wrong with the key
     */
    public ByteString deployVerifier(ByteString verifyingKey, List<ByteString> parameterWords) {
        List<Uint256> words = parameterWords.stream()
                .map(word -> new Uint256(Hex.number(word)))
                .toList();
        return create(
                Groth16Verifier.BINARY,
                List.of(new DynamicBytes(verifyingKey.toByteArray()), new DynamicArray<>(Uint256.class, words)));
    }

    /** {@link #deployVerifier} and {@link #registerJob} of one job. Returns the verifier's address, 20 bytes. */
    public ByteString deployJob(JobTerms terms, ByteString verifyingKey) {
        ByteString verifier = deployVerifier(verifyingKey, RegisteredTerms.parameterWords(terms));
        registerJob(terms.definition().chain().registry(), terms.jobId(), RegisteredTerms.of(terms, verifier));
        return verifier;
    }

    /** The example consumer. Returns its address, 20 bytes. */
    public ByteString deployGuard(ByteString registry, ByteString jobId, GuardPolicy policy) {
        return create(
                MarketGuard.BINARY,
                List.of(
                        new Address(Hex.text(registry)),
                        new Bytes32(jobId.toByteArray()),
                        new MarketGuard.GuardPolicy(
                                BigInteger.valueOf(policy.levelBits()),
                                BigInteger.valueOf(policy.pauseLevel()),
                                BigInteger.valueOf(policy.shockOffset()),
                                BigInteger.valueOf(policy.shockBits()),
                                BigInteger.valueOf(policy.shocksToBear()),
                                BigInteger.valueOf(policy.calmWindows()),
                                BigInteger.valueOf(policy.maxAge().toSeconds()))));
    }

    /**
     * Registers a job with its first group key.
     *
     * @throws SettlementException REFUSED if the registry does not take it; nothing has been changed then
     */
    public void registerJob(ByteString registry, ByteString jobId, RegisteredTerms terms) {
        Function call = new Function(
                WindowRegistry.FUNC_REGISTERJOB,
                List.of(new Bytes32(jobId.toByteArray()), ContractTerms.key(terms), ContractTerms.write(terms)),
                List.of());
        requireSuccess(sender.send(Optional.of(registry), FunctionEncoder.encode(call)));
    }

    /** {@link #deployVerifier} and {@link #changeTerms} of a job that is registered. Returns the verifier's address, 20 bytes. */
    public ByteString changeJob(JobTerms terms, ByteString verifyingKey, long fromWindow) {
        ByteString registry = terms.definition().chain().registry();
        requireTakes(registry, terms.jobId(), fromWindow);
        ByteString verifier = deployVerifier(verifyingKey, RegisteredTerms.parameterWords(terms));
        changeTerms(registry, terms.jobId(), RegisteredTerms.of(terms, verifier), fromWindow);
        return verifier;
    }

    /**
     * Gives a registered job other terms from a window on: verifier, rule, parameters, policy. Windows before it keep theirs, what was
     * planned for it or later is dropped, and the group key stays: only the group names another.
     *
     * @throws SettlementException REFUSED if the registry does not take it; nothing has been changed then
     */
    public void changeTerms(ByteString registry, ByteString jobId, RegisteredTerms terms, long fromWindow) {
        Function call = new Function(
                WindowRegistry.FUNC_CHANGETERMS,
                List.of(new Bytes32(jobId.toByteArray()), new Uint64(fromWindow), ContractTerms.write(terms)),
                List.of());
        requireSuccess(sender.send(Optional.of(registry), FunctionEncoder.encode(call)));
    }

    /** Before a verifier is paid for: what the registry would say of the window. */
    private void requireTakes(ByteString registry, ByteString jobId, long fromWindow) {
        long next = new EthereumView(node, registry).nextWindow(jobId);
        if (fromWindow <= next) {
            throw new SettlementException(
                    Reason.REFUSED,
                    "window " + next + " is next: terms can change from window " + (next + 1) + " on, not from "
                            + fromWindow);
        }
    }

    @Override
    public void close() {
        node.close();
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private ByteString create(String binary, List<Type> arguments) {
        TransactionReceipt receipt =
                sender.send(Optional.empty(), "0x" + strip(binary) + FunctionEncoder.encodeConstructor(arguments));
        requireSuccess(receipt);
        return Hex.bytes(receipt.getContractAddress());
    }

    private static String strip(String binary) {
        return binary.startsWith("0x") ? binary.substring(2) : binary;
    }

    private static void requireSuccess(TransactionReceipt receipt) {
        if (!receipt.isStatusOK()) {
            throw new SettlementException(
                    Reason.REFUSED, "transaction " + receipt.getTransactionHash() + " failed in its block");
        }
    }
}
