/**
 * JMH benchmarks of single pieces; run {@code org.openjdk.jmh.Main} on this module's class path.
 * What {@code ./labelworth bench} measures is in the packages below.
 */
package io.labelworth.bench;
