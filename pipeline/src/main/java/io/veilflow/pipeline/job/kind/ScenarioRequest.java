package io.veilflow.pipeline.job.kind;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a scenario is asked for.
 *
 * @param windows at least 1
 * @param slots of the largest role, all contributors together; a kind says what it can do
 * @param seed of everything that is generated
 * @param data folder of data sets: real records instead of generated ones
 */
public record ScenarioRequest(int windows, int slots, long seed, Optional<Path> data) {}
