/**
 * What is compared: a {@code Side} is one thing, in processes of its own for each repetition;
 * {@code Interleaving} measures sides in turn.
 */
package io.labelworth.bench.side;
