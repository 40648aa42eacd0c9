package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.identity.IdentityException;
import io.veilflow.pipeline.identity.IdentityException.Problem;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.KeyFileJson;
import io.veilflow.pipeline.identity.Passphrase;
import io.veilflow.pipeline.identity.PassphraseSeal;
import io.veilflow.pipeline.job.EnrolledParty;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One share in a file (docs/wire.md, section 11): the header in the clear says whose share of which key it is, and is authenticated
 * with the secret. What follows the ciphertext authenticates itself.
 *
 * @param check 16 bytes
 * @param ciphertext the secret with the tag at its end
 * @param confirmations of P0, P1, P2, once there are all three; else null
 * @param givenUp true in a generation that its holder has agreed not to use on the word of confirmations alone; else null
 * @param suspended true in a generation with which a signature has failed: it serves a refresh only (THREATS G13); else null
 */
record GroupKeyFile(
        Header header,
        byte[] check,
        byte[] ciphertext,
        List<byte[]> confirmations,
        Boolean givenUp,
        Boolean suspended) {
    static final int LARGEST = 64 << 10;
    static final String KIND = "group-share";

    private static final int VERSION = 1;
    private static final PassphraseSeal SEAL = new PassphraseSeal("group-share");

    record Header(
            int version,
            String kind,
            String purpose,
            String holder,
            int generation,
            byte[] point,
            List<byte[]> shares,
            byte[] transcript,
            KdfParameters argon2id,
            byte[] salt,
            byte[] nonce) {
        Header {
            Stream.of(kind, purpose, holder, point, shares, transcript, argon2id, salt, nonce)
                    .forEach(Objects::requireNonNull);
            shares.forEach(Objects::requireNonNull);
        }

        private PassphraseSeal.Parameters parameters() {
            return new PassphraseSeal.Parameters(argon2id, salt, nonce);
        }
    }

    GroupKeyFile {
        Stream.of(header, check, ciphertext).forEach(Objects::requireNonNull);
    }

    static GroupKeyFile seal(GroupShare share, Passphrase passphrase, KdfParameters kdf, SecureRandom random) {
        PassphraseSeal.Parameters fresh = PassphraseSeal.Parameters.fresh(kdf, random);
        PublicGroupKey key = share.key();
        Header header = new Header(
                VERSION,
                KIND,
                key.purpose().text(),
                EnrolledParty.writer(share.holder()),
                key.generation(),
                key.point(),
                key.shares(),
                key.transcript(),
                kdf,
                fresh.salt(),
                fresh.nonce());
        byte[] secret = share.exposeSecret();
        try {
            PassphraseSeal.Sealed sealed = SEAL.seal(passphrase, fresh, KeyFileJson.encode(header), secret);
            return new GroupKeyFile(header, sealed.check(), sealed.ciphertext(), null, null, null);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Checks form and bounds only: what is in the clear can be anybody's until the file is opened. */
    static GroupKeyFile decode(Path file, byte[] content) {
        GroupKeyFile read = KeyFileJson.decode(file, content, GroupKeyFile.class);
        Header header = read.header;
        if (!header.kind.equals(KIND)) {
            throw new IdentityException(Problem.WRONG_KIND, file, "is not a store of a group key");
        }
        if (header.version != VERSION) {
            throw new IdentityException(
                    Problem.MALFORMED, file, "has version " + header.version + ", this program reads " + VERSION);
        }
        if (!header.parameters().isWhole()
                || read.check.length != PassphraseSeal.CHECK_BYTES
                || read.ciphertext.length <= PassphraseSeal.TAG_BYTES) {
            throw new IdentityException(Problem.MALFORMED, file, "salt, nonce, check or content have a wrong length");
        }
        return read;
    }

    /** The public side, as trustworthy as the place where the file lies until the file is opened. */
    PublicGroupKey key(Path file) {
        KeyPurpose purpose = KeyPurpose.named(header.purpose)
                .orElseThrow(() -> new IdentityException(
                        Problem.MALFORMED, file, "is for a purpose that this program does not know"));
        try {
            return new PublicGroupKey(purpose, header.point, header.shares, header.generation, header.transcript);
        } catch (IllegalArgumentException notAKey) {
            throw new IdentityException(Problem.MALFORMED, file, "does not hold the public values of a group key");
        }
    }

    PartyId holder(Path file) {
        return Arrays.stream(PartyId.values())
                .filter(party -> EnrolledParty.writer(party).equals(header.holder))
                .findFirst()
                .orElseThrow(() -> new IdentityException(Problem.MALFORMED, file, "belongs to no party"));
    }

    /** @throws IdentityException by its {@link Problem} if it is not this party's for this purpose, or does not open */
    GroupShare open(Path file, KeyPurpose purpose, PartyId holder, Passphrase passphrase) {
        PublicGroupKey key = key(file);
        if (key.purpose() != purpose) {
            throw new IdentityException(
                    Problem.WRONG_PURPOSE,
                    file,
                    "holds a share of the " + key.purpose().text() + " key, not of the " + purpose.text() + " key");
        }
        if (holder(file) != holder) {
            throw new IdentityException(
                    Problem.WRONG_NAME,
                    file,
                    "belongs to " + EnrolledParty.writer(holder(file)) + ", not to " + EnrolledParty.writer(holder));
        }
        byte[] secret = SEAL.open(
                file,
                passphrase,
                header.parameters(),
                KeyFileJson.encode(header),
                new PassphraseSeal.Sealed(check, ciphertext));
        try {
            return GroupShare.of(holder, key, secret, isSuspended());
        } catch (IllegalArgumentException otherShare) {
            throw new IdentityException(Problem.CHANGED, file, "its secret is not the share that its header says");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** With everybody's confirmations: no longer pending. */
    GroupKeyFile confirmed(List<byte[]> certificate) {
        return new GroupKeyFile(header, check, ciphertext, certificate, null, null);
    }

    GroupKeyFile withGivenUp() {
        return new GroupKeyFile(header, check, ciphertext, null, true, null);
    }

    GroupKeyFile asSuspended() {
        return new GroupKeyFile(header, check, ciphertext, confirmations, givenUp, true);
    }

    boolean isSuspended() {
        return Boolean.TRUE.equals(suspended);
    }

    boolean isGivenUp() {
        return Boolean.TRUE.equals(givenUp);
    }

    byte[] encode() {
        return KeyFileJson.encode(this);
    }
}
