/**
 * Clients that nobody here wrote read what Labelworth writes: kcat, Apache Avro for Python, and
 * Kafka's own tools. They skip, and say so, where they are not installed; {@code .ci/run} installs
 * them.
 */
package io.labelworth.it.judges;
