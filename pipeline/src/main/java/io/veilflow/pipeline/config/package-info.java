/**
 * Reading of documents that people write: job files and party configurations. A document is read strictly (unknown,
 * missing and repeated keys, wrong types and sizes are errors), every error names its path in the document, and all
 * errors are reported at once. Start with {@link io.veilflow.pipeline.config.DocumentReader}.
 *
 * <p>No secret stands in a configuration: keys and passphrases are named by file.
 */
package io.veilflow.pipeline.config;
