/** The command {@code bench} and what is below it. */
package io.labelworth.bench.cli;
