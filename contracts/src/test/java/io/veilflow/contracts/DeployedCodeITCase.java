package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.RegistryChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TrapdoorKey;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registry and verifier are known by their code, whatever key and values they were made with. */
class DeployedCodeITCase {
    @RegisterExtension
    static final RegistryChain chain = new RegistryChain();

    @Test
    @DisplayName("F18: our code is known, with any key and fixed values")
    void ourCodeIsKnown() {
        assertTrue(DeployedCode.WINDOW_REGISTRY.isAt(chain.chain().code(chain.address())));
        for (int commitments = 1; commitments <= 2; commitments++) {
            Groth16Verifier verifier = chain.verifier(new TrapdoorKey(8, 4, commitments), List.of(TestJob.PARAMETER));
            assertTrue(DeployedCode.GROTH16_VERIFIER.isAt(chain.chain().code(verifier.getContractAddress())));
        }
    }

    @Test
    @DisplayName("F18: other code is not, not even one changed byte, the other contract or none")
    void otherCodeIsNot() {
        byte[] registry = chain.chain().code(chain.address());
        byte[] verifier = chain.chain().code(chain.verifier().getContractAddress());
        assertFalse(DeployedCode.WINDOW_REGISTRY.isAt(verifier));
        assertFalse(DeployedCode.GROTH16_VERIFIER.isAt(registry));
        assertFalse(DeployedCode.WINDOW_REGISTRY.isAt(new byte[0]));
        for (int at = 0; at < registry.length; at += 997) {
            byte[] changed = registry.clone();
            changed[at]++;
            assertFalse(DeployedCode.WINDOW_REGISTRY.isAt(changed));
        }
    }
}
