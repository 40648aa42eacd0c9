package io.veilflow.mpc.fair;

/** What a fair opening touches outside its session. */
public record FairPorts(
        PartySignatures signatures,
        OpeningBulletin bulletin,
        OpeningJournal journal,
        FairClock clock,
        FairLimits limits) {}
