package io.veilflow.pipeline.job;

import io.veilflow.pipeline.config.DocumentReader;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobParameter;
import io.veilflow.pipeline.job.kind.JobParameters;
import io.veilflow.pipeline.job.kind.JobRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of a job file whose form its kind decides: parameters, and roles with their contributors. */
final class JobProgramReader {
    private final DocumentReader file;
    private final Optional<JobKind> kind;

    /** @param kind nothing if it is not installed, which is an error of the file already */
    JobProgramReader(DocumentReader file, Optional<JobKind> kind) {
        this.file = file;
        this.kind = kind;
    }

    JobProgram program() {
        if (kind.isEmpty()) {
            file.pass("parameters");
            return new JobProgram("", JobParameters.none());
        }
        DocumentReader object = file.object("parameters");
        JobParameters parameters = JobParameters.none();
        boolean complete = true;
        for (JobParameter parameter : kind.get().parameters()) {
            int errors = file.errorCount();
            parameters = parameter(object, parameter, parameters);
            complete &= errors == file.errorCount();
        }
        if (complete) {
            kind.get().errors(parameters).forEach(error -> file.error("parameters." + error));
        }
        return new JobProgram(kind.get().name(), parameters);
    }

    List<EnrolledContributor> contributors() {
        List<JobRole> declared = kind.map(JobKind::roles).orElse(List.of());
        int most = kind.isPresent() ? declared.size() : Integer.MAX_VALUE;
        List<EnrolledContributor> contributors = new ArrayList<>();
        int role = 0;
        for (DocumentReader entry : file.objects("roles", Math.min(most, Math.max(1, declared.size())), most)) {
            String name = entry.text("name", JobFile.NAME);
            if (kind.isPresent() && !name.equals(declared.get(role).name())) {
                entry.error("name", "expected " + declared.get(role).name());
            }
            contributors.addAll(contributors(entry, role++));
        }
        return contributors;
    }

    private static JobParameters parameter(DocumentReader object, JobParameter parameter, JobParameters read) {
        String name = parameter.name();
        return switch (parameter.form()) {
            case NUMBER -> read.with(name, object.whole(name, parameter.minimum(), parameter.maximum()));
            case NUMBERS ->
                read.withNumbers(
                        name,
                        object.numbers(
                                name, parameter.least(), parameter.most(), parameter.minimum(), parameter.maximum()));
            case NAMES -> read.withNames(name, object.names(name, parameter.least(), parameter.most(), JobFile.NAME));
        };
    }

    private static List<EnrolledContributor> contributors(DocumentReader role, int index) {
        List<EnrolledContributor> contributors = new ArrayList<>();
        int next = 0;
        for (DocumentReader entry : role.objects("contributors", 1, JobFile.SLOTS_MAX)) {
            EnrolledContributor contributor = new EnrolledContributor(
                    JobFile.writerName(entry),
                    entry.hex("publicKey", "", 32),
                    index,
                    entry.small("firstSlot", 0, JobFile.SLOTS_MAX - 1),
                    entry.small("slots", 1, JobFile.SLOTS_MAX));
            if (contributor.firstSlot() != next) {
                entry.error("firstSlot", "expected " + next + ", the slot after those of the contributor before");
            }
            next = contributor.firstSlot() + contributor.slots();
            contributors.add(contributor);
        }
        if (next > JobFile.SLOTS_MAX) {
            role.error("contributors", next + " slots, at most " + JobFile.SLOTS_MAX);
        }
        return contributors;
    }
}
