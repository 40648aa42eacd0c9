package io.veilflow.mpc.replicated;

/**
 * Why a value may be opened (PROTOCOLS 4.2). Every opening names its class, so that profile M can refuse a value whose
 * products are not verified yet; in profile S nothing is verified and the class only stands in the code.
 */
public enum OpeningClass {
    /** The mask is uniform on the whole domain and used once: may go ahead of verification. */
    MASKED,
    /** Results and statistically masked values: every product it depends on is verified first. */
    VERIFIED,
    /** Depends on no product: PRSS values, values linear in inputs. */
    INDEPENDENT
}
