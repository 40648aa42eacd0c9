/** Tests of the group key stores and of the ceremonies between three. */
package io.veilflow.pipeline.key;
