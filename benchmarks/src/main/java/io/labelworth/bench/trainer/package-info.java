/**
 * What {@code ./labelworth bench trainer} measures: students and experts against the same recipe in
 * plain PyTorch, what a step spends outside the network, and the assembly of a large set.
 */
package io.labelworth.bench.trainer;
