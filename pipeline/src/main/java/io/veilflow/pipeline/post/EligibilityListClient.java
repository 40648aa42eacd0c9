package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.EligibilityList;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;

/** An {@code EligibilityList}: admits the owners of the slots whose bit is set. */
public record EligibilityListClient(ConsumerAccount account, ByteString address) {
    /**
     * @param applicants address of each slot's owner, 20 bytes, in slot order
     * @param maxAge oldest result that makes eligible
     */
    public static EligibilityListClient deploy(
            ConsumerAccount account,
            ByteString registry,
            ByteString jobId,
            List<ByteString> applicants,
            Duration maxAge) {
        List<Address> addresses =
                applicants.stream().map(Hex::text).map(Address::new).toList();
        return new EligibilityListClient(
                account,
                account.create(
                        EligibilityList.BINARY,
                        List.of(
                                new Address(Hex.text(registry)),
                                new Bytes32(jobId.toByteArray()),
                                new DynamicArray<>(Address.class, addresses),
                                new Uint64(maxAge.toSeconds()))));
    }

    /** What the list says of an applicant now. */
    public boolean isEligible(ByteString applicant) {
        Function view = new Function(
                EligibilityList.FUNC_ISELIGIBLE,
                List.of(new Address(Hex.text(applicant))),
                List.of(ConsumerAccount.answer(Bool.class)));
        return (Boolean) account.ask(address, view).get(0).getValue();
    }

    /** Whether the account has now been admitted: it is, if it is eligible. */
    public boolean enter() {
        return account.callUnless(
                "NotEligible", address, new Function(EligibilityList.FUNC_ENTER, List.of(), List.of()));
    }
}
