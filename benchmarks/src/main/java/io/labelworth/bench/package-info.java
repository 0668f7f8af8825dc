/**
 * JMH benchmarks of single pieces; run {@code org.openjdk.jmh.Main} on this module's class path.
 */
package io.labelworth.bench;
