package io.veilflow.mpc.fair;

import io.veilflow.mpc.party.PartyId;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one party makes of the postings of the two others: feeds the decision, collects what it must countersign, keeps their
 * components. Of each peer the first READY, the first READY passed on and the first components count; all else is noise, and
 * noise costs little.
 */
final class FairReading {
    private final PartyId self;
    private final FairStatement statement;
    private final FairMessage.Ready mine;
    private final FairPorts ports;
    private final FairDecision decision;
    private final Map<PartyId, FairMessage.Ready> readies = new EnumMap<>(PartyId.class);
    private final Map<PartyId, FairMessage.Echo> echoes = new EnumMap<>(PartyId.class);
    private final Map<PartyId, FairMessage.Opened> opened = new EnumMap<>(PartyId.class);
    private final List<FairMessage.Echo> owed = new ArrayList<>();

    /** @param mine posted in time */
    FairReading(PartyId self, FairStatement statement, FairMessage.Ready mine, FairPorts ports) {
        this.self = self;
        this.statement = statement;
        this.mine = mine;
        this.ports = ports;
        this.decision = new FairDecision(self, true, mine.times());
    }

    /** Steps 2 and 3. What is owed to the third party is posted at T1 or before this party goes on, whichever comes first. */
    boolean decide() throws InterruptedException {
        while (true) {
            read();
            boolean go = decision.go();
            if (go || ports.clock().millis() > mine.times().ready()) {
                owed.forEach(ports.bulletin()::post);
                owed.clear();
            }
            if (go) {
                return true;
            }
            if (ports.clock().millis() > mine.times().echo()) {
                return false;
            }
            ports.clock().pause(1);
        }
    }

    /** Step 4: the component that this party lacks, empty if it was not posted in time. */
    Optional<FairMessage.Component> await(int component, byte[] hash) throws InterruptedException {
        while (true) {
            read();
            Optional<FairMessage.Component> match = candidates().stream()
                    .filter(candidate -> MessageDigest.isEqual(hash, statement.hash(component, candidate)))
                    .findFirst();
            if (match.isPresent() || ports.clock().millis() > ports.limits().patience(mine.times())) {
                return match;
            }
            ports.clock().pause(1);
        }
    }

    /** P_{i-1} holds what P_i lacks as its own component, P_{i+1} as its next one. */
    private List<FairMessage.Component> candidates() {
        List<FairMessage.Component> candidates = new ArrayList<>();
        Optional.ofNullable(opened.get(self.previous())).ifPresent(of -> candidates.add(of.own()));
        Optional.ofNullable(opened.get(self.next())).ifPresent(of -> candidates.add(of.next()));
        return candidates;
    }

    private void read() {
        for (PartyId peer : new PartyId[] {self.next(), self.previous()}) {
            for (FairMessage message : ports.bulletin().read(peer)) {
                // the clock is read after the posting was: what counts as read by T1 was
                long now = ports.clock().millis();
                if (message instanceof FairMessage.Ready ready) {
                    ready(peer, ready, now);
                } else if (message instanceof FairMessage.Echo echo) {
                    echo(peer, echo, now);
                } else if (message instanceof FairMessage.Opened components) {
                    opened.putIfAbsent(peer, components);
                }
            }
        }
    }

    private void ready(PartyId peer, FairMessage.Ready ready, long now) {
        if (readies.putIfAbsent(peer, ready) == null
                && ready.times().equals(mine.times())
                && MessageDigest.isEqual(ready.hashes(), mine.hashes())
                && signed(peer, ready.signature())
                && decision.onReady(peer, now)) {
            byte[] countersignature = ports.signatures().sign(statement.echo(self, peer, mine.times(), mine.hashes()));
            owed.add(new FairMessage.Echo(peer, ready.signature(), countersignature));
        }
    }

    /** Of use is only the READY of the third party: the peer's own needs another's countersignature, and ours is ours. */
    private void echo(PartyId peer, FairMessage.Echo echo, long now) {
        if (echo.signer() != self
                && echo.signer() != peer
                && echoes.putIfAbsent(peer, echo) == null
                && signed(echo.signer(), echo.signature())
                && ports.signatures()
                        .verify(
                                peer,
                                statement.echo(peer, echo.signer(), mine.times(), mine.hashes()),
                                echo.countersignature())) {
            decision.onEcho(echo.signer(), peer, now);
        }
    }

    private boolean signed(PartyId signer, byte[] signature) {
        return ports.signatures().verify(signer, statement.ready(signer, mine.times(), mine.hashes()), signature);
    }
}
