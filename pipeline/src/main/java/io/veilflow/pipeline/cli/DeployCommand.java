package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.Deployment;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow deploy}. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = "Put the contracts on a chain: first the registry, then jobs, and other terms for jobs.",
        subcommands = {DeployCommand.Registry.class, DeployCommand.Job.class, DeployCommand.Terms.class})
final class DeployCommand {
    private static final Duration INCLUSION = Duration.ofMinutes(2);

    /** {@code veilflow deploy registry}. */
    @Command(
            name = "registry",
            mixinStandardHelpOptions = true,
            description = "Deploy a registry; its address goes into the job file. The account becomes its owner.",
            footer = {"", "Example:", "  ./veilflow deploy registry --rpc http://127.0.0.1:8545 --account deployer.key"
            })
    static final class Registry implements Callable<Integer> {
        @Mixin
        private AccountOptions account;

        @Option(names = "--json", description = "Print the address as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Deployment deployment =
                    Deployment.connect(account.rpc(), account.chainId(), account.account(), INCLUSION)) {
                print(spec, Map.of("registry", hex(deployment.deployRegistry())), json);
            }
            return ExitCode.OK;
        }
    }

    /** {@code veilflow deploy job}. */
    @Command(
            name = "job",
            mixinStandardHelpOptions = true,
            description = "Deploy the verifier of a job's key and register the job, for ever. The key comes from "
                    + "the cache; a job of the environment PRODUCTION takes a key of a ceremony only "
                    + "(./veilflow setup contribute).",
            footer = {
                "",
                "Example:",
                "  ./veilflow deploy job --job job.json --rpc http://127.0.0.1:8545 --account deployer.key"
            })
    static final class Job implements Callable<Integer> {
        @Mixin
        private JobOptions job;

        @Mixin
        private AccountOptions account;

        @Option(names = "--cache", paramLabel = "DIR", description = "The cache of keys (default: ~/.veilflow/keys).")
        private Path cache = KeyCache.defaultDirectory();

        @Option(names = "--json", description = "Print the addresses as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            JobTerms terms = new JobTerms(job.read());
            JobKeys keys = keys(terms, cache);
            try (Deployment deployment =
                    Deployment.connect(account.rpc(), account.chainId(), account.account(), INCLUSION)) {
                ByteString verifier = deployment.deployJob(
                        terms, ByteString.copyFrom(keys.verifyingKey().bytes()));
                print(spec, shown(terms, verifier, keys), json);
            }
            return ExitCode.OK;
        }
    }

    /** {@code veilflow deploy terms}. */
    @Command(
            name = "terms",
            mixinStandardHelpOptions = true,
            description = {
                "Give a registered job other terms from a window on: the rule, parameters, verifying key and times of",
                "another job file of the same name. The window must be behind the next one; windows before it keep their",
                "terms, and a change planned for it or later is dropped. The account is the registry's owner. The",
                "result key stays: the group itself names another (./veilflow keys rotate)."
            },
            footer = {
                "",
                "Example:",
                "  ./veilflow deploy terms --job job-2.json --from-window 1200 --rpc http://127.0.0.1:8545 \\",
                "      --account deployer.key"
            })
    static final class Terms implements Callable<Integer> {
        @Mixin
        private JobOptions job;

        @Option(names = "--from-window", required = true, paramLabel = "N", description = "The first with these terms.")
        private long fromWindow;

        @Mixin
        private AccountOptions account;

        @Option(names = "--cache", paramLabel = "DIR", description = "The cache of keys (default: ~/.veilflow/keys).")
        private Path cache = KeyCache.defaultDirectory();

        @Option(names = "--json", description = "Print the addresses as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            JobTerms terms = new JobTerms(job.read());
            JobKeys keys = keys(terms, cache);
            try (Deployment deployment =
                    Deployment.connect(account.rpc(), account.chainId(), account.account(), INCLUSION)) {
                ByteString verifier = deployment.changeJob(
                        terms, ByteString.copyFrom(keys.verifyingKey().bytes()), fromWindow);
                Map<String, Object> shown = shown(terms, verifier, keys);
                shown.put("from", fromWindow);
                print(spec, shown, json);
            }
            return ExitCode.OK;
        }
    }

    private static JobKeys keys(JobTerms terms, Path cache) {
        return terms.definition()
                .environment()
                .keysOf(terms.rule(), new KeyCache(cache))
                .requireDigests(
                        terms.definition().keyDigest().toByteArray(),
                        terms.definition().basisDigest().toByteArray());
    }

    private static Map<String, Object> shown(JobTerms terms, ByteString verifier, JobKeys keys) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("registry", hex(terms.definition().chain().registry()));
        shown.put("verifier", hex(verifier));
        shown.put("jobId", hex(terms.jobId()));
        shown.put("keys", keys.origin().warning());
        return shown;
    }

    private static void print(CommandSpec spec, Map<String, Object> shown, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonLines.print(out, shown);
        } else {
            shown.forEach((key, value) -> out.printf("%-9s %s%n", key, value));
            out.flush();
        }
    }

    private static String hex(ByteString bytes) {
        return "0x" + HexFormat.of().formatHex(bytes.toByteArray());
    }
}
