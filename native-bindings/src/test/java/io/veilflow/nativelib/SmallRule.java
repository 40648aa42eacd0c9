package io.veilflow.nativelib;

import com.google.protobuf.ByteString;
import io.veilflow.rule.v1.Constant;
import io.veilflow.rule.v1.InputField;
import io.veilflow.rule.v1.Node;
import io.veilflow.rule.v1.Operands;
import io.veilflow.rule.v1.Origin;
import io.veilflow.rule.v1.Output;
import io.veilflow.rule.v1.PublicInput;
import io.veilflow.rule.v1.Role;
import io.veilflow.rule.v1.RuleProgram;
import io.veilflow.rule.v1.SecretInput;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The rule of these tests, how many of two amounts are below a public limit, and its witness in the clear. */
final class SmallRule {
    static final BigInteger R = new BigInteger("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16);
    private static final int BITS = 8;
    private static final int LIMB_BITS = 4;
    private static final Constant MAXIMUM = Constant.newBuilder()
            .setMagnitude(ByteString.copyFrom(new byte[] {(byte) 0xff}))
            .build();

    private SmallRule() {}

    static RuleProgram program() {
        return RuleProgram.newBuilder()
                .setVersion(2)
                .setName("below")
                .addRoles(Role.newBuilder()
                        .setName("holder")
                        .setSlots(2)
                        .addFields(InputField.newBuilder().setName("amount").setMaximum(MAXIMUM)))
                .addPublicInputs(
                        PublicInput.newBuilder().setName("limit").setBits(BITS).setOrigin(Origin.FEED))
                .addNodes(Node.newBuilder().setSecretInput(SecretInput.getDefaultInstance()))
                .addNodes(Node.newBuilder().setPublicInput(0))
                .addNodes(Node.newBuilder()
                        .setLessThan(Operands.newBuilder().addNodes(0).addNodes(1)))
                .addNodes(Node.newBuilder().setSum(Operands.newBuilder().addNodes(2)))
                .addOutputs(Output.newBuilder().setName("below").setNode(3))
                .build();
    }

    static byte[] bytes() {
        return program().toByteArray();
    }

    /** The same rule with its ranges by limbs of four bits, and so with a second commitment. */
    static byte[] bytesByLimbs() {
        return program().toBuilder().setLimbBits(LIMB_BITS).build().toByteArray();
    }

    /** The word: the output (2 bits) and above it the limit. */
    static byte[] word(int[] amounts, int limit) {
        int below = 0;
        for (int amount : amounts) {
            below += amount < limit ? 1 : 0;
        }
        return element(BigInteger.valueOf(below + 4L * limit));
    }

    static byte[] book(int[] amounts) {
        return elements(amounts);
    }

    /** The limit. */
    static byte[] publics(int limit) {
        return elements(limit);
    }

    /** Of the limit, of the amounts and of the slack of each comparison the bits, or limbs and counts; then the flags. */
    static byte[] rangesAndAdvice(int[] amounts, int limit, int limbBits) {
        List<Integer> shown = new ArrayList<>();
        shown.add(limit);
        for (int amount : amounts) {
            shown.add(amount);
        }
        for (int amount : amounts) {
            shown.add(amount < limit ? limit - amount - 1 : amount - limit);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int[] counts = new int[limbBits == 0 ? 0 : 1 << limbBits];
        int width = limbBits == 0 ? 1 : limbBits;
        for (int value : shown) {
            for (int from = 0; from < BITS; from += width) {
                int digit = value >> from & (1 << width) - 1;
                out.writeBytes(elements(digit));
                if (limbBits > 0) {
                    counts[digit]++;
                }
            }
        }
        out.writeBytes(elements(counts));
        for (int amount : amounts) {
            out.writeBytes(elements(amount < limit ? 1 : 0));
        }
        return out.toByteArray();
    }

    static byte[] element(BigInteger value) {
        byte[] magnitude = value.mod(R).toByteArray();
        byte[] out = new byte[32];
        int length = Math.min(32, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, out, 32 - length, length);
        return out;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] elements(int... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int value : values) {
            out.writeBytes(element(BigInteger.valueOf(value)));
        }
        return out.toByteArray();
    }
}
