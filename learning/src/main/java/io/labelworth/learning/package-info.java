/** The science, without Kafka: data, labels, networks, training. */
package io.labelworth.learning;
