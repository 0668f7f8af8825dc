/**
 * What every service needs of Kafka and nothing of what the services are about: settings ({@link
 * io.labelworth.kafka.KafkaSettings}), the cluster and its topics ({@link
 * io.labelworth.kafka.Cluster}), typed producers and consumers ({@link
 * io.labelworth.kafka.EventProducer}, {@link io.labelworth.kafka.EventConsumers}), whole-topic
 * readers ({@link io.labelworth.kafka.TopicReader}), dead letters, and the life-cycle of a service
 * thread ({@link io.labelworth.kafka.ServiceLoop}).
 */
package io.labelworth.kafka;
