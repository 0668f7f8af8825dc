/** Processes that are measured, and the directory they work in. */
package io.labelworth.bench.process;
