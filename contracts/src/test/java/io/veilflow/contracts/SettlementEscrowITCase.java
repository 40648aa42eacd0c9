package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.contracts.testing.ScriptedChain;
import io.veilflow.contracts.testing.TestChain;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.web3j.abi.FunctionEncoder;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * SettlementEscrow over results that the test writes: to the beneficiary exactly if a proven result recorded by the deadline says
 * that the window settled, back to the payer otherwise.
 */
class SettlementEscrowITCase {
    private static final String ETHER = "0x" + "0".repeat(40);
    private static final int PAYER = 1;
    private static final int WINDOW = 4;
    private static final long TIME_SECONDS = 3_600;
    private static final BigInteger AMOUNT = BigInteger.valueOf(1_000_000);
    /** The settlement's bit is bit 1. */
    private static final BigInteger SETTLED = BigInteger.valueOf(0b110);

    private static final BigInteger OPEN = BigInteger.valueOf(0b101);
    private static final String NOT_SETTLED = "NotSettled(uint64)";
    private static final String STAGE = "StageInvalid(uint8,uint8)";

    @RegisterExtension
    static final ScriptedChain scripted = new ScriptedChain();

    private static TestChain chain;

    private CallRecorder beneficiary;
    private SettlementEscrow escrow;

    @BeforeAll
    static void start() {
        chain = scripted.chain();
    }

    @BeforeEach
    void deploy() {
        beneficiary = TestChain.done(CallRecorder.deploy(chain.web3(), chain.sender(0), chain.gas()));
        escrow = deploy(ETHER);
    }

    // Ether

    @Test
    void aSettledWindowPaysTheBeneficiaryOnceWhoeverAsks() {
        deposit();
        scripted.proven(WINDOW, SETTLED);
        TransactionReceipt receipt = scripted.send(2, escrow, escrow.release(), "SettlementEscrow: release, ether");
        assertEquals(1, TestChain.count(receipt, SettlementEscrow.RELEASED_EVENT));
        assertPaid(AMOUNT);
        assertOutcome(STAGE, escrow.release());
        chain.pass(TIME_SECONDS + 60);
        assertOutcome(STAGE, escrow.refund());
    }

    @Test
    void aWindowThatDidNotSettleOrIsMissingPaysNobodyBeforeTheDeadline() {
        deposit();
        assertOutcome(NOT_SETTLED, escrow.release());
        scripted.proven(WINDOW, OPEN);
        scripted.proven(WINDOW + 1, SETTLED);
        assertOutcome(NOT_SETTLED, escrow.release());
        assertOutcome("DeadlineInvalid(uint256,uint256)", escrow.refund());
    }

    @Test
    void anAttestedSettlementPaysNobody() {
        deposit();
        scripted.attested(WINDOW, SETTLED);
        assertOutcome(NOT_SETTLED, escrow.release());
        chain.pass(TIME_SECONDS + 60);
        assertOutcome("", escrow.refund());
    }

    @Test
    void afterTheDeadlineThePayerIsPaidBackOnce() {
        deposit();
        scripted.proven(WINDOW, OPEN);
        chain.pass(TIME_SECONDS + 60);
        BigInteger before = balance(chain.account(PAYER).getAddress());
        TransactionReceipt receipt = scripted.send(0, escrow, escrow.refund(), "SettlementEscrow: refund, ether");
        assertEquals(1, TestChain.count(receipt, SettlementEscrow.REFUNDED_EVENT));
        assertEquals(before.add(AMOUNT), balance(chain.account(PAYER).getAddress()));
        assertPaid(BigInteger.ZERO);
        assertOutcome(STAGE, escrow.refund());
        assertOutcome(STAGE, escrow.release());
    }

    @Test
    void aResultRecordedInTimeIsPaidEvenAfterTheDeadlineAndNeverRefunded() {
        deposit();
        scripted.proven(WINDOW, SETTLED);
        chain.pass(TIME_SECONDS + 60);
        assertOutcome("Settled(uint64)", escrow.refund());
        scripted.send(0, escrow, escrow.release());
        assertPaid(AMOUNT);
    }

    @Test
    void aResultRecordedTooLateIsNeverPaid() {
        deposit();
        chain.pass(TIME_SECONDS + 60);
        scripted.proven(WINDOW, SETTLED);
        assertOutcome(NOT_SETTLED, escrow.release());
        assertOutcome("", escrow.refund());
    }

    @Test
    void onlyThePayerDepositsTheAmountOnceAndInTime() {
        assertOutcome(STAGE, escrow.release());
        assertOutcome(STAGE, escrow.refund());
        assertOutcome("PayerInvalid(address,address)", escrow.deposit(BigInteger.ZERO));
        assertDepositRefused(escrow, AMOUNT.subtract(BigInteger.ONE));
        assertDepositRefused(escrow, AMOUNT.add(BigInteger.ONE));
        TransactionReceipt receipt = deposit();
        System.out.printf(
                "SettlementEscrow: deposit, ether: %d gas%n",
                receipt.getGasUsed().longValueExact());
        assertEquals(1, TestChain.count(receipt, SettlementEscrow.DEPOSITED_EVENT));
        assertDepositRefused(escrow, AMOUNT);
        SettlementEscrow late = deploy(ETHER);
        chain.pass(TIME_SECONDS + 60);
        assertDepositRefused(late, AMOUNT);
    }

    @Test
    void aBeneficiaryThatCallsBackGetsNothingTwice() {
        deposit();
        scripted.proven(WINDOW, SETTLED);
        byte[] again = Numeric.hexStringToByteArray(escrow.release().encodeFunctionCall());
        scripted.send(0, beneficiary, beneficiary.callBack(escrow.getContractAddress(), again));
        assertOutcome(STAGE, escrow.release());
        assertPaid(BigInteger.ZERO);
    }

    @Test
    void aPaymentThatFailsCanBeTriedAgain() {
        deposit();
        scripted.proven(WINDOW, SETTLED);
        scripted.send(0, beneficiary, beneficiary.refuse(true));
        assertOutcome("Refused()", escrow.release());
        scripted.send(0, beneficiary, beneficiary.refuse(false));
        scripted.send(0, escrow, escrow.release());
        assertPaid(AMOUNT);
    }

    // Tokens

    @Test
    void tokensAreHeldAndPaidLikeEther() {
        TestToken token = token(0);
        escrow = deploy(token.getContractAddress());
        assertDepositRefused(escrow, BigInteger.ZERO);
        approve(token);
        assertDepositRefused(escrow, AMOUNT);
        TransactionReceipt receipt = depositOf(BigInteger.ZERO);
        System.out.printf(
                "SettlementEscrow: deposit, token: %d gas%n",
                receipt.getGasUsed().longValueExact());
        assertEquals(AMOUNT, TestChain.done(token.balanceOf(escrow.getContractAddress())));
        scripted.proven(WINDOW, SETTLED);
        scripted.send(0, escrow, escrow.release(), "SettlementEscrow: release, token");
        assertEquals(AMOUNT, TestChain.done(token.balanceOf(beneficiary.getContractAddress())));
        assertEquals(BigInteger.ZERO, TestChain.done(token.balanceOf(escrow.getContractAddress())));
    }

    @Test
    void tokensGoBackAfterTheDeadline() {
        TestToken token = token(0);
        escrow = deploy(token.getContractAddress());
        approve(token);
        depositOf(BigInteger.ZERO);
        chain.pass(TIME_SECONDS + 60);
        scripted.send(0, escrow, escrow.refund());
        assertEquals(AMOUNT, TestChain.done(token.balanceOf(chain.account(PAYER).getAddress())));
    }

    @Test
    void aTokenThatKeepsAFeeIsRefusedAtTheDeposit() {
        TestToken token = token(1);
        escrow = deploy(token.getContractAddress());
        approve(token);
        assertDepositRefused(escrow, BigInteger.ZERO);
    }

    // Settings

    @Test
    void settingsThatCannotWorkAreRefused() {
        String payer = chain.account(PAYER).getAddress();
        String place = "OutputPlaceInvalid(uint256,uint256,uint256)";
        assertRefused("SettingInvalid()", terms(scripted.results(), 2, BigInteger.ZERO, payer, now() + 60));
        assertRefused("SettingInvalid()", terms(scripted.results(), 2, AMOUNT, ETHER, now() + 60));
        assertRefused("SettingInvalid()", terms(scripted.results(), 2, AMOUNT, payer, now() - 60));
        assertRefused(place, terms(scripted.results(), 253, AMOUNT, payer, now() + 60));
        assertRefused("RegistryWithoutCode(address)", terms(payer, 2, AMOUNT, payer, now() + 60));
    }

    private static void assertRefused(String error, SettlementEscrow.SettlementTerms terms) {
        scripted.assertDeploymentRefused(
                error, SettlementEscrow.BINARY + FunctionEncoder.encodeConstructor(List.of(terms)));
    }

    private static SettlementEscrow.SettlementTerms terms(
            String registry, int offset, BigInteger amount, String payer, long deadline) {
        return terms(registry, offset, ETHER, amount, payer, payer, deadline);
    }

    private static SettlementEscrow.SettlementTerms terms(
            String registry,
            int offset,
            String token,
            BigInteger amount,
            String payer,
            String beneficiary,
            long deadline) {
        return new SettlementEscrow.SettlementTerms(
                registry,
                ScriptedChain.JOB,
                BigInteger.valueOf(WINDOW),
                new SettlementEscrow.OutputPlace(BigInteger.ZERO, BigInteger.valueOf(offset), BigInteger.ONE),
                token,
                amount,
                payer,
                beneficiary,
                BigInteger.valueOf(deadline));
    }

    private SettlementEscrow deploy(String token) {
        return TestChain.done(SettlementEscrow.deploy(
                chain.web3(),
                chain.sender(0),
                chain.gas(),
                terms(
                        scripted.results(),
                        1,
                        token,
                        AMOUNT,
                        chain.account(PAYER).getAddress(),
                        beneficiary.getContractAddress(),
                        now() + TIME_SECONDS)));
    }

    private static TestToken token(long fee) {
        TestToken token =
                TestChain.done(TestToken.deploy(chain.web3(), chain.sender(0), chain.gas(), BigInteger.valueOf(fee)));
        scripted.send(0, token, token.mint(chain.account(PAYER).getAddress(), AMOUNT));
        return token;
    }

    private void approve(TestToken token) {
        scripted.send(PAYER, token, token.approve(escrow.getContractAddress(), AMOUNT));
    }

    private TransactionReceipt deposit() {
        return depositOf(AMOUNT);
    }

    private TransactionReceipt depositOf(BigInteger ether) {
        TransactionReceipt receipt = TestChain.done(asPayer(escrow).deposit(ether));
        assertEquals("0x1", receipt.getStatus());
        return receipt;
    }

    private static void assertDepositRefused(SettlementEscrow escrow, BigInteger ether) {
        assertEquals(
                "0x0",
                chain.send(
                                PAYER,
                                escrow.getContractAddress(),
                                escrow.deposit(ether).encodeFunctionCall(),
                                ether)
                        .getStatus());
    }

    private static SettlementEscrow asPayer(SettlementEscrow escrow) {
        return SettlementEscrow.load(escrow.getContractAddress(), chain.web3(), chain.sender(PAYER), chain.gas());
    }

    private void assertOutcome(String error, RemoteFunctionCall<TransactionReceipt> call) {
        scripted.assertOutcome(error, escrow, call);
    }

    private void assertPaid(BigInteger amount) {
        assertEquals(amount, TestChain.done(beneficiary.seen()).component2());
    }

    private static BigInteger balance(String address) {
        return chain.balance(address);
    }

    private static long now() {
        return chain.time();
    }
}
