/**
 * One FROST signature of two parties (Komlo, Goldberg, 2020/852; RFC 9591): nonces that serve once, what the two agree on, each
 * one's share, and how shares are checked and combined. Nothing here sends anything or knows where messages come from.
 * Start reading at {@link io.veilflow.mpc.threshold.frost.SigningPackage}.
 */
package io.veilflow.mpc.threshold.frost;
