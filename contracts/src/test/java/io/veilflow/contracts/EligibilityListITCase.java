package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.ScriptedChain;
import io.veilflow.contracts.testing.SlotTree;
import io.veilflow.contracts.testing.TestChain;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** EligibilityList over results that the test writes: the newest window, proven, and for a limited time. */
class EligibilityListITCase {
    private static final long MAX_AGE_SECONDS = 3_600;
    private static final String NOT_ELIGIBLE = "NotEligible(address)";

    @RegisterExtension
    static final ScriptedChain scripted = new ScriptedChain();

    /** Slots of accounts 0, 1 and 2. */
    private static final List<Integer> SLOTS = List.of(0, 2, 255);

    private static SlotTree owners;

    private EligibilityList list;

    @BeforeAll
    static void start() {
        Map<Integer, String> slots = new TreeMap<>();
        for (int slot = 0; slot < 300; slot++) {
            slots.put(slot, "0x" + Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(1_000 + slot), 40));
        }
        for (int account = 0; account < SLOTS.size(); account++) {
            slots.put(SLOTS.get(account), account(account));
        }
        slots.put(2024, account(0));
        owners = new SlotTree(slots);
    }

    @BeforeEach
    void deploy() {
        list = TestChain.done(EligibilityList.deploy(
                scripted.chain().web3(),
                scripted.chain().sender(0),
                scripted.chain().gas(),
                scripted.results(),
                ScriptedChain.JOB,
                owners.root(),
                BigInteger.valueOf(MAX_AGE_SECONDS)));
    }

    @Test
    void nobodyIsEligibleBeforeTheFirstResult() {
        assertEligible();
    }

    @Test
    void eachApplicantHasTheBitOfItsSlot() {
        scripted.proven(0, bit(0), BigInteger.ZERO);
        assertEligible(0);
        scripted.proven(1, bit(2), BigInteger.ZERO);
        assertEligible(1);
        scripted.proven(2, BigInteger.ZERO, bit(255 - 253));
        assertEligible(2);
        scripted.proven(3, bit(0).add(bit(2)), bit(2));
        assertEligible(0, 1, 2);
        scripted.proven(4, bit(1).add(bit(3)), bit(1).add(bit(3)));
        assertEligible();
    }

    @Test
    void nobodyIsEligibleForTheSlotOfAnother() {
        scripted.proven(0, mask(253), mask(47));
        assertEligible(0, 1, 2);
        assertFalse(eligible(account(3), 0, owners.path(0)));
        assertFalse(eligible(account(0), 2, owners.path(2)));
        assertFalse(eligible(account(0), 2, owners.path(0)));
        assertFalse(eligible(account(0), 0, owners.path(2)));
        assertFalse(eligible(account(0), 0, List.of()));
    }

    @Test
    void aSlotBeyondEightWordsIsNever() {
        scripted.proven(0, Collections.nCopies(8, mask(253)).toArray(BigInteger[]::new));
        assertTrue(eligible(account(0), 0, owners.path(0)));
        assertFalse(eligible(account(0), 2024, owners.path(2024)));
    }

    @Test
    void anAttestedOrMissingNewestWindowMakesNobodyEligible() {
        scripted.proven(0, mask(253), mask(47));
        scripted.attested(1, mask(253), mask(47));
        assertEligible();
        scripted.assertOutcome(NOT_ELIGIBLE, list, enter());
        scripted.proven(5, bit(0), BigInteger.ZERO);
        assertEligible(0);
    }

    @Test
    void eligibilityEndsWithTheAgeOfTheResult() {
        scripted.proven(0, bit(0), BigInteger.ZERO);
        assertEligible(0);
        scripted.chain().pass(MAX_AGE_SECONDS + 60);
        assertEligible();
        scripted.assertOutcome(NOT_ELIGIBLE, list, enter());
    }

    @Test
    void anEligibleApplicantEntersOnce() {
        scripted.proven(7, bit(0), BigInteger.ZERO);
        TransactionReceipt receipt = scripted.send(0, list, enter(), "EligibilityList: enter");
        var event = EligibilityList.getAdmittedEvents(receipt).get(0);
        assertEquals(account(0), event.applicant);
        assertEquals(BigInteger.valueOf(7), event.window);
        assertTrue(TestChain.done(list.isAdmitted(account(0))));
        assertFalse(TestChain.done(list.isAdmitted(account(1))));
        scripted.assertOutcome("AlreadyAdmitted(address)", list, enter());
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        String results = scripted.results();
        scripted.assertDeploymentRefused("SettingInvalid()", creation(results, owners.root(), 0));
        scripted.assertDeploymentRefused("SettingInvalid()", creation(results, new byte[32], 60));
        scripted.assertDeploymentRefused("RegistryWithoutCode(address)", creation(account(3), owners.root(), 60));
    }

    private static String creation(String registry, byte[] applicants, long maxAge) {
        return EligibilityList.BINARY
                + FunctionEncoder.encodeConstructor(List.of(
                        new Address(registry),
                        new Bytes32(ScriptedChain.JOB),
                        new Bytes32(applicants),
                        new Uint64(maxAge)));
    }

    /** Of accounts 0 to 2, exactly these are eligible. */
    private void assertEligible(Integer... accounts) {
        for (int account = 0; account < 3; account++) {
            assertEquals(
                    List.of(accounts).contains(account),
                    eligible(account(account), SLOTS.get(account), owners.path(SLOTS.get(account))),
                    "account " + account);
        }
    }

    private boolean eligible(String applicant, int slot, List<byte[]> path) {
        return TestChain.done(list.isEligible(applicant, BigInteger.valueOf(slot), path));
    }

    private RemoteFunctionCall<TransactionReceipt> enter() {
        return list.enter(BigInteger.ZERO, owners.path(0));
    }

    private static String account(int k) {
        return scripted.chain().account(k).getAddress();
    }

    private static BigInteger bit(int place) {
        return BigInteger.ONE.shiftLeft(place);
    }

    private static BigInteger mask(int bits) {
        return bit(bits).subtract(BigInteger.ONE);
    }
}
