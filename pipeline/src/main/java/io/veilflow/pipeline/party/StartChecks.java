package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.nativelib.NativeException;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.config.OperationAccess;
import io.veilflow.pipeline.identity.IdentityException;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.key.PublicGroupKey;
import io.veilflow.pipeline.post.ChainView;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.zk.key.KeyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What keeps a party from starting, gathered so that all of it is said at once. */
final class StartChecks {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final List<String> errors = new ArrayList<>();

    /** @throws ConfigurationException with everything that was found */
    void finish(String party) {
        if (!errors.isEmpty()) {
            throw new ConfigurationException(party + " does not start", errors);
        }
    }

    /**
     * Notes what is wrong.
     *
     * @param setting of the party's configuration that leads there
     */
    void refuse(String setting, String what) {
        errors.add(setting + ": " + what);
    }

    /** Folder or file must be its owner's only (THREATS H6). */
    void requirePrivate(String setting, Path path) {
        try {
            Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
            if (!OWNER.containsAll(found)) {
                refuse(
                        setting,
                        path + " has mode " + PosixFilePermissions.toString(found)
                                + ": only its owner may enter it; do: chmod go-rwx " + path);
            }
        } catch (IOException failed) {
            refuse(setting, path + " cannot be looked at: " + failed.getMessage());
        }
    }

    /** Somebody else may take the port after this: then opening it says so. */
    void requireFree(OperationAccess operation) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(operation.socket());
        } catch (IOException failed) {
            refuse(
                    OperationAccess.KEY,
                    "nothing can listen on " + operation.address() + " port " + operation.port() + " ("
                            + failed.getMessage() + "); name another port, or 0 for any that is free");
        }
    }

    void requireNativeLibrary() {
        try {
            NativeProver.requireLibrary();
        } catch (NativeException missing) {
            errors.add("the native library is missing: " + missing.getMessage());
        }
    }

    /** The identity must be the one that the job enrols for this party. */
    void requireEnrolled(PublicIdentity identity, EnrolledParty enrolled) {
        PublicIdentity.PartyKeys keys = identity.party().orElseThrow();
        requireSame("identity key", identity.identityKey().bytes(), enrolled.identityKey());
        requireSame("TLS certificate", keys.certificatePin(), enrolled.tlsPin());
    }

    /** The store must hold this party's share of the key that the job names. */
    void requireGroupKey(PublicGroupKey stored, ByteString enrolled) {
        if (!ByteString.copyFrom(stored.point()).equals(enrolled)) {
            refuse(
                    stored.purpose().text() + "KeyStore",
                    "the store of the " + stored.purpose().text() + " key holds a share of another key than the job's;"
                            + " name the store of this job's group");
        }
    }

    /**
     * The registry must hold this job for the window that it takes next: rule, keys, parameters, policy.
     *
     * @param rotated the result key that may sign it in place of the job's
     */
    void requireRegistered(ChainView chain, JobTerms terms, Optional<ByteString> rotated) {
        try {
            RegisteredTerms registered = chain.termsOf(terms.jobId(), chain.nextWindow(terms.jobId()));
            RegisteredTerms own = RegisteredTerms.of(terms, registered.verifier());
            ByteString key = rotated.filter(registered.groupKey()::equals).orElse(own.groupKey());
            for (String part : registered.differencesTo(own.withGroupKey(key))) {
                refuse(
                        "jobFile",
                        "the registry holds another " + part + " for job '"
                                + terms.definition().name()
                                + "' than the job file; take the file that the job was registered with");
            }
        } catch (SettlementException refused) {
            refuse("jobFile", "the job is not on the chain: " + refused.getMessage());
        }
    }

    /**
     * Something that says itself what is wrong with it; empty if something is.
     *
     * @param setting of the party's configuration that leads there
     */
    <T> Optional<T> attempt(String setting, Supplier<T> opening) {
        try {
            return Optional.of(opening.get());
        } catch (ConfigurationException refused) {
            refused.errors().forEach(error -> refuse(setting, error));
        } catch (BoardException
                | IdentityException
                | KeyException
                | NativeException
                | SettlementException
                | UncheckedIOException refused) {
            refuse(setting, refused.getMessage());
        }
        return Optional.empty();
    }

    private void requireSame(String what, byte[] own, ByteString enrolled) {
        if (!ByteString.copyFrom(own).equals(enrolled)) {
            refuse(
                    "keyFile",
                    "the " + what + " of the key file is not the one that the job enrols for this party; name the key"
                            + " file of the party with this number");
        }
    }
}
