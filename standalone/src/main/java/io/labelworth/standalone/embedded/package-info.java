/**
 * A Kafka broker and a schema registry of one's own, in a data directory.
 *
 * <p>{@link io.labelworth.standalone.embedded.EmbeddedCluster} starts both as child JVMs, keeps
 * them alive and stops them; {@link io.labelworth.standalone.embedded.RuntimeFile} tells other
 * processes where they listen. {@link io.labelworth.standalone.embedded.BrokerMain} is what runs in
 * the broker's JVM. The directory holds:
 *
 * <pre>
 *   .lock .pid      who runs on it
 *   ports.json      ports of the last start, taken again when free
 *   runtime.json    addresses, only while the cluster runs
 *   kafka/          the broker's storage
 *   registry/       the registry's H2 database
 *   logs/           broker.log, registry.log
 * </pre>
 */
package io.labelworth.standalone.embedded;
