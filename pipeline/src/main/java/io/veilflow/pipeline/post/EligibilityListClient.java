package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.EligibilityList;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;

/** An {@code EligibilityList}: admits the owners of the slots whose bit is set. */
public final class EligibilityListClient {
    private final ConsumerAccount account;
    private final List<ByteString> owners;
    private final ApplicantTree tree;
    private final ByteString address;

    private EligibilityListClient(
            ConsumerAccount account, List<ByteString> owners, ApplicantTree tree, ByteString address) {
        this.account = account;
        this.owners = owners;
        this.tree = tree;
        this.address = address;
    }

    /**
     * @param owners address of each slot's owner, 20 bytes, in slot order
     * @param maxAge oldest result that makes eligible
     */
    public static EligibilityListClient deploy(
            ConsumerAccount account, ByteString registry, ByteString jobId, List<ByteString> owners, Duration maxAge) {
        ApplicantTree tree = new ApplicantTree(owners);
        ByteString address = account.create(
                EligibilityList.BINARY,
                List.of(
                        new Address(Hex.text(registry)),
                        new Bytes32(jobId.toByteArray()),
                        new Bytes32(tree.root()),
                        new Uint64(maxAge.toSeconds())));
        return new EligibilityListClient(account, List.copyOf(owners), tree, address);
    }

    public ByteString address() {
        return address;
    }

    /** How many slots' owners the list would let in now. */
    public int eligible() {
        int count = 0;
        for (int slot = 0; slot < owners.size(); slot++) {
            Function view = new Function(
                    EligibilityList.FUNC_ISELIGIBLE,
                    List.of(new Address(Hex.text(owners.get(slot))), new Uint256(BigInteger.valueOf(slot)), path(slot)),
                    List.of(ConsumerAccount.answer(Bool.class)));
            count += (Boolean) account.ask(address, view).get(0).getValue() ? 1 : 0;
        }
        return count;
    }

    /** Whether the account has now been admitted as the owner of a slot: it is, if it owns the slot and is eligible. */
    public boolean enter(int slot) {
        return account.callUnless(
                "NotEligible",
                address,
                new Function(
                        EligibilityList.FUNC_ENTER,
                        List.of(new Uint256(BigInteger.valueOf(slot)), path(slot)),
                        List.of()));
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private Type path(int slot) {
        return new DynamicArray<>(
                Bytes32.class, tree.path(slot).stream().map(Bytes32::new).toList());
    }
}
