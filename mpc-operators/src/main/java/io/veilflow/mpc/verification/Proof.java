package io.veilflow.mpc.verification;

import java.util.List;

/** This party's role in one proof, and the rounds of that proof. */
record Proof(Role role, List<Step> plan) {
    void send(int round) {
        if (round < plan.size()) {
            role.send(plan.get(round));
        }
    }

    void receive(int round) {
        if (round < plan.size()) {
            role.receive(plan.get(round));
        }
    }
}
