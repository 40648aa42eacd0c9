package io.veilflow.pipeline.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a folder, of a process that does not run, that can take the folder's place. */
final class StateCopy {
    private final Path folder;
    private final Path copy;
    private final Path aside;

    StateCopy(Path folder) {
        this.folder = folder;
        this.copy = folder.resolveSibling(folder.getFileName() + "-copy");
        this.aside = folder.resolveSibling(folder.getFileName() + "-aside");
    }

    void take() throws IOException {
        for (Path source : content(folder)) {
            Path target = copy.resolve(folder.relativize(source));
            Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** The copy stands where the folder stood, and the other way round. */
    void swap() throws IOException {
        Files.move(folder, aside);
        Files.move(copy, folder);
        Files.move(aside, copy);
    }

    void delete() throws IOException {
        List<Path> content = content(copy);
        for (Path path : content.stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
    }

    private static List<Path> content(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.toList();
        }
    }
}
