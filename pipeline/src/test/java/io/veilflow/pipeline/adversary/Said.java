package io.veilflow.pipeline.adversary;

/**
 * One thing that a party was about to say, before any change.
 *
 * @param attempt from 1; 0 outside sessions
 */
record Said(Place place, int attempt, int bytes) {}
